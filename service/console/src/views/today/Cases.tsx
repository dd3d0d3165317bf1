import { get, type Schemas } from "../../api/client";
import { href } from "../../app/router";
import { t, tMaybe } from "../../i18n";
import { formatNumber } from "../../i18n/format";
import { Ago, Clock } from "../../ui/Clock";
import { Badge } from "../../ui/Badge";
import { Loaded } from "../../ui/Loaded";
import type { Tone } from "../../ui/Notice";
import { Table } from "../../ui/Table";
import { useQuery } from "../../ui/useQuery";

type Case = Schemas["CaseSummary"];
const shownMax = 100;
export const urgencyTones: Record<Case["urgency"], Tone> = { critical: "critical", high: "high", normal: "plain" };

async function load(signal: AbortSignal) {
  const list = (state: "open" | "accepted") => get("/api/v1/cases", { query: { state, limit: shownMax }, signal });
  const [open, accepted] = await Promise.all([list("open"), list("accepted")]);
  return { open: open.items, accepted: accepted.items, hasMore: open.next !== null || accepted.next !== null };
}

/** Open cases by urgency, those that nobody has first. */
export function Cases() {
  const cases = useQuery(load, [], { topics: ["case"] });
  return (
    <section class="panel stack" aria-labelledby="cases">
      <h2 id="cases">{t("today.cases")}</h2>
      <Loaded of={cases}>
        {(data) => (
          <>
            <List title={t("today.cases.open")} empty={t("today.cases.open.none")} cases={data.open} isTaken={false} />
            <List title={t("today.cases.accepted")} empty={t("today.cases.accepted.none")} cases={data.accepted} isTaken />
            {data.hasMore && <p class="soft">{t("today.cases.more", { n: shownMax })}</p>}
          </>
        )}
      </Loaded>
    </section>
  );
}

function List({ title, empty, cases, isTaken }: { title: string; empty: string; cases: readonly Case[]; isTaken: boolean }) {
  return (
    <div class="stack tight">
      <h3>
        {title} {cases.length > 0 && <span class="soft">({formatNumber(cases.length)})</span>}
      </h3>
      <Table
        caption={title}
        rows={cases}
        rowKey={(one) => one.code}
        empty={empty}
        columns={[
          { key: "code", title: t("case.code"), heads: true, cell: (one) => <a href={href("hotline", one.code)} class="numeric">{one.code}</a> },
          { key: "urgency", title: t("case.urgency"), cell: (one) => <Badge tone={urgencyTones[one.urgency]}>{t(`urgency.${one.urgency}`)}</Badge> },
          { key: "place", title: t("case.place"), cell: (one) => one.unit_name ?? <span class="soft">{t("case.place.unknown")}</span> },
          { key: "services", title: t("case.services"), cell: (one) => one.services.map((name) => tMaybe(`service.${name}`) ?? name).join(", ") || "–" },
          ...(isTaken ? [{ key: "owner", title: t("case.owner"), cell: (one: Case) => one.owner ?? "–" }] : [{ key: "opened", title: t("case.opened"), cell: (one: Case) => <Ago at={one.opened_at} /> }]),
          { key: "due", title: isTaken ? t("case.lease") : t("case.due"), cell: (one) => (one.due_at ? <Clock until={one.due_at} /> : "–") },
        ]}
      />
    </div>
  );
}
