import { useState } from "preact/hooks";
import { get, type Schemas } from "../../api/client";
import { t } from "../../i18n";
import { formatNumber, formatShare } from "../../i18n/format";
import { Loaded } from "../../ui/Loaded";
import { Select } from "../../ui/Field";
import { Table } from "../../ui/Table";
import { useQuery } from "../../ui/useQuery";
import { Figure } from "./Figure";

type Campaign = Schemas["Campaign"];
const fates = ["delivered", "accepted", "undelivered", "failed", "expired", "cancelled", "suppressed", "uncertain", "pending", "queued", "submitting"] as const;
const sides = ["unit", "carrier", "language", "gateway", "hour", "reason"] as const;

/** What became of each: the figures add up to the audience, always. */
export function Accounts({ one }: { one: Campaign }) {
  const [by, setBy] = useState<(typeof sides)[number]>("unit");
  const breakdown = useQuery((signal) => get("/api/v1/campaigns/{id}/breakdown", { path: { id: one.id }, query: { by }, signal }), [one.id, by], { topics: ["campaign"], isAbout: (change) => change.id === one.id, pause_ms: 5000 });
  return (
    <section class="panel stack" aria-labelledby="accounts">
      <h2 id="accounts">{t("campaigns.accounts")}</h2>
      <dl class="figures">
        <Figure title={t("campaigns.audience")}>{formatNumber(one.counts.audience)}</Figure>
        {fates
          .filter((fate) => one.counts[fate] > 0)
          .map((fate) => (
            <Figure key={fate} title={t(`campaigns.count.${fate}`)}>
              {formatNumber(one.counts[fate])}
            </Figure>
          ))}
      </dl>
      <Select label={t("campaigns.by.title")} value={by} onValue={setBy} choices={sides.map((value) => ({ value, label: t(`campaigns.by.${value}`) }))} />
      <Loaded of={breakdown}>
        {(data) => (
          <Table
            caption={t(`campaigns.by.${by}`)}
            rows={data.items}
            rowKey={(row) => row.key ?? ""}
            empty={t("ui.nothing")}
            columns={[
              { key: "name", title: t(`campaigns.by.${by}`), heads: true, cell: (row) => row.name ?? row.key ?? t("campaigns.unknown") },
              { key: "audience", title: t("campaigns.audience"), numeric: true, cell: (row) => formatNumber(row.counts.audience) },
              { key: "reached", title: t("campaigns.reached"), numeric: true, cell: (row) => formatNumber(Number(row.reached)) },
              { key: "share", title: t("campaigns.share"), cell: (row) => <Bar share={row.counts.audience > 0 ? Number(row.reached) / row.counts.audience : 0} /> },
            ]}
          />
        )}
      </Loaded>
    </section>
  );
}

function Bar({ share }: { share: number }) {
  return (
    <span class="bar-cell">
      <span class="bar" aria-hidden="true">
        <span style={{ width: `${Math.round(share * 100)}%` }} />
      </span>
      <span class="numeric">{formatShare(share)}</span>
    </span>
  );
}
