import { useState } from "preact/hooks";
import { get } from "../../api/client";
import { PageHead } from "../../app/PageHead";
import { t, tMaybe } from "../../i18n";
import { formatPhone, formatWhen } from "../../i18n/format";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { Loaded } from "../../ui/Loaded";
import { Table } from "../../ui/Table";
import { Tabs } from "../../ui/Tabs";
import { usePages } from "../../ui/useQuery";

const pageRows = 200;
type Tab = "facilities" | "coverage" | "duty";

/** Who helps where, when, and where nobody does. Filled from files, by the command line. */
export default function Directory() {
  const [tab, setTab] = useState<Tab>("facilities");
  return (
    <>
      <PageHead title={t("nav.directory")} />
      <Tabs label={t("nav.directory")} tabs={(["facilities", "coverage", "duty"] as const).map((value) => ({ value, label: t(`directory.${value}`) }))} value={tab} onValue={setTab}>
        {tab === "facilities" ? <Facilities /> : tab === "coverage" ? <Coverage /> : <Duty />}
      </Tabs>
    </>
  );
}

function More({ of: pages }: { of: { hasMore: boolean; loading: boolean; more: () => void } }) {
  if (!pages.hasMore) return null;
  return (
    <div>
      <Button busy={pages.loading} onClick={pages.more}>
        {t("directory.more")}
      </Button>
    </div>
  );
}

function Facilities() {
  const facilities = usePages((cursor, signal) => get("/api/v1/facilities", { query: { limit: pageRows, ...(cursor ? { cursor } : {}) }, signal }), [], { topics: ["facility"] });
  return (
    <div class="stack">
      <Loaded of={facilities}>
        {(rows) => (
          <Table
            caption={t("directory.facilities")}
            rows={rows}
            rowKey={(one) => one.id}
            empty={t("directory.none")}
            columns={[
              { key: "name", title: t("directory.name"), heads: true, cell: (one) => one.name },
              { key: "services", title: t("directory.services"), cell: (one) => one.services.map((name) => tMaybe(`service.${name}`) ?? name).join(", ") },
              { key: "units", title: t("directory.units"), cell: (one) => one.units.join(", ") },
              {
                key: "contacts",
                title: t("directory.contacts"),
                cell: (one) =>
                  one.contacts.map((each) => (
                    <div key={each.phone} class="row">
                      <span class="numeric">{formatPhone(each.phone)}</span> {each.on_duty && <Badge tone="good">{t("directory.onDuty")}</Badge>}
                    </div>
                  )),
              },
            ]}
          />
        )}
      </Loaded>
      <More of={facilities} />
    </div>
  );
}

function Coverage() {
  const gaps = usePages((cursor, signal) => get("/api/v1/coverage", { query: { limit: pageRows, ...(cursor ? { cursor } : {}) }, signal }), [], { topics: ["facility", "unit"] });
  return (
    <div class="stack">
      <p class="soft">{t("directory.coverage.what")}</p>
      <Loaded of={gaps}>
        {(rows) => (
          <Table
            caption={t("directory.coverage")}
            rows={rows}
            rowKey={(one) => `${one.unit}.${one.service ?? ""}.${one.from}`}
            empty={t("directory.coverage.none")}
            columns={[
              { key: "unit", title: t("case.place"), heads: true, cell: (one) => one.unit_name },
              { key: "service", title: t("directory.services"), cell: (one) => (one.service ? (tMaybe(`service.${one.service}`) ?? one.service) : t("directory.anyService")) },
              { key: "from", title: t("directory.from"), cell: (one) => formatWhen(one.from) },
              { key: "to", title: t("directory.to"), cell: (one) => formatWhen(one.to) },
              { key: "now", title: t("directory.now"), cell: (one) => (one.now ? <Badge tone="critical">{t("directory.now")}</Badge> : "–") },
            ]}
          />
        )}
      </Loaded>
      <More of={gaps} />
    </div>
  );
}

function Duty() {
  const shifts = usePages((cursor, signal) => get("/api/v1/duty", { query: { limit: pageRows, ...(cursor ? { cursor } : {}) }, signal }), [], { topics: ["facility"] });
  return (
    <div class="stack">
      <Loaded of={shifts}>
        {(rows) => (
          <Table
            caption={t("directory.duty")}
            rows={rows}
            rowKey={(one) => `${one.facility}.${one.phone}.${one.from}`}
            empty={t("directory.duty.none")}
            columns={[
              { key: "facility", title: t("directory.name"), heads: true, cell: (one) => one.facility },
              { key: "phone", title: t("directory.phone"), cell: (one) => <span class="numeric">{formatPhone(one.phone)}</span> },
              { key: "from", title: t("directory.from"), cell: (one) => formatWhen(one.from) },
              { key: "to", title: t("directory.to"), cell: (one) => formatWhen(one.to) },
              { key: "duty", title: t("directory.shift"), cell: (one) => t(`directory.shift.${one.duty}`) },
            ]}
          />
        )}
      </Loaded>
      <More of={shifts} />
    </div>
  );
}
