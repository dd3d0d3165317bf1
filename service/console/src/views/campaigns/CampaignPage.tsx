import { get, type Schemas } from "../../api/client";
import { PageHead } from "../../app/PageHead";
import { href } from "../../app/router";
import { t } from "../../i18n";
import { formatNumber, formatWhen } from "../../i18n/format";
import { Badge } from "../../ui/Badge";
import { ButtonLink } from "../../ui/Button";
import { Loaded } from "../../ui/Loaded";
import { Notice } from "../../ui/Notice";
import { Progress } from "../../ui/Progress";
import { Table } from "../../ui/Table";
import { useQuery } from "../../ui/useQuery";
import { Accounts } from "./Accounts";
import { Deeds } from "./Deeds";
import { stateTones } from "./List";
import { Preview } from "./Preview";

type Campaign = Schemas["Campaign"];

export function CampaignPage({ id }: { id: string }) {
  const campaign = useQuery((signal) => get("/api/v1/campaigns/{id}", { path: { id }, signal }), [id], { topics: ["campaign"], isAbout: (change) => change.id === id });
  return (
    <>
      <PageHead title={campaign.data?.title ?? t("campaigns.one")}>
        <ButtonLink href={href("campaigns")}>{t("campaigns.toList")}</ButtonLink>
      </PageHead>
      <Loaded of={campaign}>{(one) => <Whole one={one} reload={campaign.reload} />}</Loaded>
    </>
  );
}

function Whole({ one, reload }: { one: Campaign; reload: () => void }) {
  const left = one.counts.pending + one.counts.queued + one.counts.submitting;
  return (
    <div class="stack wide">
      <section class="panel stack" aria-label={t("campaigns.standing")}>
        <div class="row">
          <Badge tone={stateTones[one.state] ?? "plain"}>{t(`campaignState.${one.state}`)}</Badge>
          <span>{t("campaigns.times", { start: formatWhen(one.start), end: formatWhen(one.end) })}</span>
          {one.windows.length > 0 && <span class="soft numeric">{one.windows.join(", ")}</span>}
        </div>
        <p class="soft small">{t("campaigns.by", { author: one.author })}</p>
        {one.frozen && one.counts.audience > 0 && <Progress label={t("campaigns.progress", { done: formatNumber(one.counts.audience - left), all: formatNumber(one.counts.audience) })} value={one.counts.audience - left} max={one.counts.audience} />}
        {one.canary && one.canary.phase === "halted" && <Notice tone="critical" title={t("campaigns.canary.halted")} />}
        {one.pace && one.pace.share !== "full" && <Notice tone="high" title={t(`campaigns.pace.${one.pace.share}`)} />}
        <Deeds one={one} done={reload} />
      </section>
      <section class="panel stack" aria-labelledby="texts">
        <h2 id="texts">{t("campaigns.texts")}</h2>
        {one.texts.map((text) => (
          <div key={text.language} class="stack tight">
            <h3>{t("campaigns.text.in", { language: text.language })}</h3>
            <bdi class="citizen words" dir="auto">
              {text.body}
            </bdi>
            <p class="soft small">
              {t("campaigns.parts", { n: text.parts })} {text.accents === "strip" && t("campaigns.stripped")}
            </p>
          </div>
        ))}
      </section>
      {(one.state === "draft" || one.state === "submitted") && <Preview id={one.id} />}
      {!one.frozen && (one.state === "approved" || one.state === "running") && <Notice>{t("campaigns.freezing", { n: one.counts.audience })}</Notice>}
      {one.frozen && <Accounts one={one} />}
      <History id={one.id} state={one.state} />
    </div>
  );
}

function History({ id, state }: { id: string; state: string }) {
  const history = useQuery((signal) => get("/api/v1/campaigns/{id}/history", { path: { id }, signal }), [id, state]);
  return (
    <section class="panel stack" aria-labelledby="history">
      <h2 id="history">{t("campaigns.history")}</h2>
      <Loaded of={history}>
        {(data) => (
          <Table
            caption={t("campaigns.history")}
            rows={data.events}
            rowKey={(row) => `${row.at}.${row.state}.${data.events.indexOf(row)}`}
            empty={t("ui.nothing")}
            columns={[
              { key: "at", title: t("campaigns.at"), heads: true, cell: (row) => formatWhen(row.at) },
              { key: "state", title: t("campaigns.state"), cell: (row) => t(`campaignState.${row.state}`) },
              { key: "who", title: t("campaigns.who"), cell: (row) => row.who || "–" },
              { key: "comment", title: t("campaigns.comment"), cell: (row) => <bdi>{row.comment || "–"}</bdi> },
            ]}
          />
        )}
      </Loaded>
    </section>
  );
}
