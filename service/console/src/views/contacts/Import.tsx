import { useId, useRef, useState } from "preact/hooks";
import { post, type Schemas } from "../../api/client";
import { t } from "../../i18n";
import { Button } from "../../ui/Button";
import { ErrorNotice, Notice } from "../../ui/Notice";
import { Table } from "../../ui/Table";
import { useAction } from "../../ui/useAction";

type Report = Schemas["ImportReport"];
const linesShown = 6;
const looked = 64 * 1024;

/** People from a file: its first lines are shown before it is taken, and afterwards what of it was not taken, and why. */
export function Import() {
  const id = useId();
  const [file, setFile] = useState<File | null>(null);
  const [lines, setLines] = useState<readonly string[]>([]);
  const [report, setReport] = useState<Report | null>(null);
  const end = useRef<AbortController | null>(null);
  const take = useAction(async () => {
    if (!file) return;
    end.current = new AbortController();
    setReport(await post("/api/v1/contacts/import", { raw: { type: "text/csv", data: file }, signal: end.current.signal }));
  });
  const choose = async (chosen: File | null) => {
    setFile(chosen);
    setReport(null);
    take.reset();
    setLines(chosen ? (await chosen.slice(0, looked).text()).split(/\r?\n/).slice(0, linesShown) : []);
  };
  return (
    <section class="panel stack" aria-labelledby="import">
      <h2 id="import">{t("contacts.import")}</h2>
      <div class="field">
        <label for={id}>{t("contacts.file")}</label>
        <div class="hint" id={`${id}-hint`}>
          {t("contacts.file.hint")}
        </div>
        <input id={id} type="file" accept=".csv,text/csv" aria-describedby={`${id}-hint`} onChange={(event) => void choose(event.currentTarget.files?.[0] ?? null)} />
      </div>
      {lines.length > 0 && (
        <pre class="first-lines" tabIndex={0} aria-label={t("contacts.firstLines")}>
          {lines.join("\n")}
        </pre>
      )}
      <div class="row">
        <Button kind="primary" disabled={!file} busy={take.busy} onClick={() => void take.run()}>
          {t("contacts.import.do")}
        </Button>
        {take.busy && <Button onClick={() => end.current?.abort()}>{t("contacts.import.stop")}</Button>}
      </div>
      {take.error && <ErrorNotice error={take.error} />}
      {report && (
        <div class="stack tight" aria-live="polite">
          <Notice tone={report.rejected > 0 ? "high" : "good"}>{t("contacts.imported", { imported: report.imported, updated: report.updated, rejected: report.rejected })}</Notice>
          {report.rejects.length > 0 && (
            <Table
              caption={t("contacts.rejects")}
              showCaption
              rows={report.rejects}
              rowKey={(row) => `${row.line}.${row.reason}`}
              empty=""
              columns={[
                { key: "line", title: t("contacts.line"), heads: true, numeric: true, cell: (row) => row.line },
                { key: "reason", title: t("contacts.why"), cell: (row) => <span lang="en">{row.reason}</span> },
              ]}
            />
          )}
        </div>
      )}
    </section>
  );
}
