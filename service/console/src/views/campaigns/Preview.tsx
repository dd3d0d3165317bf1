import { get } from "../../api/client";
import { t } from "../../i18n";
import { formatNumber, formatWhen } from "../../i18n/format";
import { Loaded } from "../../ui/Loaded";
import { Notice } from "../../ui/Notice";
import { Table } from "../../ui/Table";
import { useQuery } from "../../ui/useQuery";
import { Figure } from "./Figure";

/** What would happen: to how many, in how many parts, at what cost, until when. Nothing is sent by looking. */
export function Preview({ id }: { id: string }) {
  const preview = useQuery((signal) => get("/api/v1/campaigns/{id}/preview", { path: { id }, signal }), [id], { topics: ["campaign"], isAbout: (change) => change.id === id });
  return (
    <section class="panel stack" aria-labelledby="preview">
      <h2 id="preview">{t("campaigns.preview")}</h2>
      <Loaded of={preview}>
        {(data) => (
          <>
            {data.faults.map((words) => (
              <Notice key={words} tone="critical" title={t("campaigns.fault")}>
                <p lang="en">{words}</p>
              </Notice>
            ))}
            {data.remarks.map((words) => (
              <Notice key={words} tone="high">
                <p lang="en">{words}</p>
              </Notice>
            ))}
            <dl class="figures">
              <Figure title={t("campaigns.audience")}>{formatNumber(data.audience)}</Figure>
              <Figure title={t("campaigns.allParts")}>{formatNumber(data.parts)}</Figure>
              <Figure title={t("campaigns.cost")}>{data.cost ? `${formatNumber(data.cost.amount)} ${data.cost.currency}` : "–"}</Figure>
              <Figure title={t("campaigns.finish")}>{data.finish ? formatWhen(data.finish) : t("campaigns.finish.none")}</Figure>
            </dl>
            {data.no_route > 0 && <Notice tone="high">{t("campaigns.noRoute", { n: data.no_route })}</Notice>}
            {data.uncovered.length > 0 && <Notice tone="high" title={t("campaigns.uncovered")}>{data.uncovered.map((one) => one.name).join(", ")}</Notice>}
            <Table
              caption={t("campaigns.texts")}
              rows={data.texts}
              rowKey={(row) => row.language}
              empty={t("ui.nothing")}
              columns={[
                { key: "language", title: t("campaigns.language"), heads: true, cell: (row) => row.language },
                { key: "text", title: t("campaigns.longest"), cell: (row) => <bdi>{row.text}</bdi> },
                { key: "parts", title: t("campaigns.parts.title"), numeric: true, cell: (row) => formatNumber(row.parts) },
                { key: "recipients", title: t("campaigns.recipients"), numeric: true, cell: (row) => formatNumber(row.recipients) },
              ]}
            />
          </>
        )}
      </Loaded>
    </section>
  );
}
