import { useState } from "preact/hooks";
import { get } from "../../api/client";
import { PageHead } from "../../app/PageHead";
import { t } from "../../i18n";
import { formatDateTime } from "../../i18n/format";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { Loaded } from "../../ui/Loaded";
import { ErrorNotice, Notice } from "../../ui/Notice";
import { Table } from "../../ui/Table";
import { useAction } from "../../ui/useAction";
import { usePages } from "../../ui/useQuery";

const pageRows = 200;

/** Who looked at what of a case, and who changed what. */
export default function Audit() {
  const journal = usePages((cursor, signal) => get("/api/v1/journal", { query: { limit: pageRows, ...(cursor ? { cursor } : {}) }, signal }), []);
  const [words, setWords] = useState("");
  const isWanted = (row: { who: string; action: string; object: string | null; detail: string | null }) => {
    const wanted = words.trim().toLowerCase();
    return [row.who, row.action, row.object ?? "", row.detail ?? ""].some((one) => one.toLowerCase().includes(wanted));
  };
  return (
    <>
      <PageHead title={t("nav.audit")}>
        <Button busy={journal.loading} onClick={journal.reload}>
          {t("audit.reload")}
        </Button>
      </PageHead>
      <div class="stack">
        <Verify />
        <Field label={t("audit.search")} hint={t("audit.search.hint")} type="search" value={words} onValue={setWords} />
        <Loaded of={journal}>
          {(rows) => (
            <Table
              caption={t("nav.audit")}
              rows={rows.filter(isWanted)}
              rowKey={(row) => String(row.number)}
              empty={t("ui.nothing")}
              columns={[
                { key: "at", title: t("audit.at"), cell: (row) => <span class="numeric">{formatDateTime(row.at)}</span> },
                { key: "who", title: t("audit.who"), heads: true, cell: (row) => row.who },
                { key: "action", title: t("audit.action"), cell: (row) => <code>{row.action}</code> },
                { key: "object", title: t("audit.object"), cell: (row) => row.object ?? "–" },
                { key: "detail", title: t("audit.detail"), cell: (row) => <bdi>{row.detail ?? "–"}</bdi> },
              ]}
            />
          )}
        </Loaded>
        {journal.hasMore && (
          <div>
            <Button busy={journal.loading} onClick={journal.more}>
              {t("audit.more")}
            </Button>
          </div>
        )}
      </div>
    </>
  );
}

/** Holds the chain of the journal: whether a line was changed or taken away. */
function Verify() {
  const [result, setResult] = useState<{ sound: boolean; entries: number; fault: string | null } | null>(null);
  const verify = useAction(async () => setResult(await get("/api/v1/journal/verify", {})));
  return (
    <div class="stack tight" aria-live="polite">
      <div>
        <Button busy={verify.busy} onClick={() => void verify.run()}>
          {t("audit.verify")}
        </Button>
      </div>
      {verify.error && <ErrorNotice error={verify.error} />}
      {result?.sound && <Notice tone="good">{t("audit.sound", { n: result.entries })}</Notice>}
      {result && !result.sound && (
        <Notice tone="critical" title={t("audit.broken", { n: result.entries })} alert>
          <p lang="en">{result.fault}</p>
        </Notice>
      )}
    </div>
  );
}
