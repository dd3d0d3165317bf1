import { useState } from "preact/hooks";
import { get, type Schemas } from "../../api/client";
import { may } from "../../api/session";
import { PageHead } from "../../app/PageHead";
import { href } from "../../app/router";
import { t } from "../../i18n";
import { formatNumber, formatWhen } from "../../i18n/format";
import { Badge } from "../../ui/Badge";
import { Button, ButtonLink } from "../../ui/Button";
import { Field, Select } from "../../ui/Field";
import { Loaded } from "../../ui/Loaded";
import type { Tone } from "../../ui/Notice";
import { Table } from "../../ui/Table";
import { usePages } from "../../ui/useQuery";

type State = Schemas["CampaignStateName"];
export const stateTones: Partial<Record<State, Tone>> = { running: "good", paused: "high", submitted: "high" };
const states: readonly State[] = ["draft", "submitted", "approved", "running", "paused", "completed", "cancelled"];

export function List() {
  const campaigns = usePages((cursor, signal) => get("/api/v1/campaigns", { query: { limit: 200, ...(cursor ? { cursor } : {}) }, signal }), [], { topics: ["campaign"] });
  const [state, setState] = useState<State | "">("");
  const [words, setWords] = useState("");
  const isWanted = (one: Schemas["CampaignSummary"]) => (state === "" || one.state === state) && one.title.toLowerCase().includes(words.trim().toLowerCase());
  return (
    <>
      <PageHead title={t("nav.campaigns")}>
        {may("createCampaign") && (
          <ButtonLink kind="primary" href={href("campaigns", "new")}>
            {t("campaigns.new")}
          </ButtonLink>
        )}
      </PageHead>
      <div class="stack">
        <div class="row" role="search">
          <Select label={t("campaigns.state")} value={state} onValue={setState} choices={[{ value: "", label: t("campaigns.state.all") }, ...states.map((value) => ({ value, label: t(`campaignState.${value}`) }))]} />
          <Field label={t("campaigns.search")} type="search" value={words} onValue={setWords} />
        </div>
        <Loaded of={campaigns}>
          {(rows) => (
            <Table
              caption={t("nav.campaigns")}
              rows={rows.filter(isWanted)}
              rowKey={(one) => one.id}
              empty={t("campaigns.none")}
              columns={[
                { key: "title", title: t("campaigns.title"), heads: true, cell: (one) => <a href={href("campaigns", one.id)}>{one.title}</a> },
                { key: "state", title: t("campaigns.state"), cell: (one) => <Badge tone={stateTones[one.state] ?? "plain"}>{t(`campaignState.${one.state}`)}</Badge> },
                { key: "start", title: t("campaigns.start"), cell: (one) => formatWhen(one.start) },
                { key: "author", title: t("campaigns.author"), cell: (one) => one.author },
                { key: "audience", title: t("campaigns.audience"), numeric: true, cell: (one) => (one.frozen ? formatNumber(one.counts.audience) : "–") },
                { key: "delivered", title: t("campaigns.count.delivered"), numeric: true, cell: (one) => (one.frozen ? formatNumber(one.counts.delivered) : "–") },
              ]}
            />
          )}
        </Loaded>
        {campaigns.hasMore && (
          <div>
            <Button busy={campaigns.loading} onClick={campaigns.more}>
              {t("campaigns.more")}
            </Button>
          </div>
        )}
      </div>
    </>
  );
}
