import { useState } from "preact/hooks";
import { get } from "../../api/client";
import { PageHead } from "../../app/PageHead";
import { t } from "../../i18n";
import { formatNumber, formatPhone } from "../../i18n/format";
import { Ago } from "../../ui/Clock";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { Loaded } from "../../ui/Loaded";
import { Table } from "../../ui/Table";
import { useDraft } from "../../ui/useDraft";
import { usePages } from "../../ui/useQuery";
import { Handset } from "./Handset";
import "./phones.css";

const pageRows = 50;
/** A citizen, to begin with. */
const firstHandsets: readonly string[] = ["0912345678"];

/** The handsets of the sandbox: to text to our lines from, and to read on what the service sent. */
export default function Phones() {
  const open = useDraft<readonly string[]>("phones.open", firstHandsets);
  const heard = usePages((cursor, signal) => get("/api/v1/sandbox/inbox", { query: { limit: pageRows, ...(cursor ? { cursor } : {}) }, signal }), [], { topics: ["message", "inbound"], every_ms: 5000 });
  const show = (phone: string) => open.set([phone, ...open.value.filter((one) => one !== phone)]);
  return (
    <>
      <PageHead title={t("nav.phones")} />
      <div class="stack wide">
        <p class="soft narrow">{t("phones.what")}</p>
        <TakeUp onPhone={show} />
        <div class="handsets">
          {open.value.map((phone) => (
            <Handset key={phone} phone={phone} onClose={() => open.set(open.value.filter((one) => one !== phone))} />
          ))}
        </div>
        <section class="panel stack" aria-labelledby="heard">
          <h2 id="heard">{t("phones.heard")}</h2>
          <Loaded of={heard}>
            {(rows) => (
              <Table
                caption={t("phones.heard")}
                rows={rows}
                rowKey={(row) => row.phone}
                empty={t("phones.heard.none")}
                columns={[
                  { key: "phone", title: t("phones.number"), heads: true, cell: (row) => <span class="numeric">{formatPhone(row.phone)}</span> },
                  { key: "texts", title: t("phones.texts"), numeric: true, cell: (row) => formatNumber(row.texts) },
                  { key: "last", title: t("phones.last"), cell: (row) => <bdi class="one-line">{row.last.text}</bdi> },
                  { key: "at", title: t("phones.at"), cell: (row) => <Ago at={row.last.at} /> },
                  {
                    key: "open",
                    title: t("phones.read"),
                    cell: (row) => (
                      <Button kind="quiet" aria-label={t("phones.read.of", { phone: formatPhone(row.phone) })} onClick={() => show(row.phone)}>
                        {t("phones.read")}
                      </Button>
                    ),
                  },
                ]}
              />
            )}
          </Loaded>
          {heard.hasMore && (
            <div>
              <Button busy={heard.loading} onClick={heard.more}>
                {t("phones.more")}
              </Button>
            </div>
          )}
        </section>
      </div>
    </>
  );
}

function TakeUp({ onPhone }: { onPhone: (phone: string) => void }) {
  const [number, setNumber] = useState("");
  return (
    <form
      class="row take-up"
      onSubmit={(event) => {
        event.preventDefault();
        if (number.trim() === "") return;
        onPhone(number.trim());
        setNumber("");
      }}
    >
      <Field label={t("phones.number")} hint={t("phones.number.hint")} value={number} onValue={setNumber} inputMode="tel" autocomplete="off" />
      <Button type="submit">{t("phones.takeUp")}</Button>
    </form>
  );
}
