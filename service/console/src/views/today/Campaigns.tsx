import { get, type Schemas } from "../../api/client";
import { href } from "../../app/router";
import { t } from "../../i18n";
import { formatNumber, formatWhen } from "../../i18n/format";
import { Badge } from "../../ui/Badge";
import { Loaded } from "../../ui/Loaded";
import type { Tone } from "../../ui/Notice";
import { Progress } from "../../ui/Progress";
import { useQuery } from "../../ui/useQuery";

type Campaign = Schemas["CampaignSummary"];
/** What somebody has to look at today; the list cannot be asked for states, so these are picked from the newest. */
const lookedAtMax = 200;
const live: readonly Campaign["state"][] = ["running", "paused", "approved", "submitted"];
const tones: Partial<Record<Campaign["state"], Tone>> = { running: "good", paused: "high" };

const left = ({ counts }: Campaign) => counts.pending + counts.queued + counts.submitting;

export function Campaigns() {
  const campaigns = useQuery(async (signal) => (await get("/api/v1/campaigns", { query: { limit: lookedAtMax }, signal })).items, [], { topics: ["campaign"] });
  return (
    <section class="panel stack" aria-labelledby="campaigns">
      <h2 id="campaigns">{t("today.campaigns")}</h2>
      <Loaded of={campaigns}>
        {(items) => {
          const shown = live.flatMap((state) => items.filter((one) => one.state === state));
          if (shown.length === 0) return <p class="soft">{t("today.campaigns.none")}</p>;
          return (
            <ul class="stack">
              {shown.map((one) => (
                <li key={one.id} class="stack tight">
                  <div class="row apart">
                    <a href={href("campaigns", one.id)}>{one.title}</a>
                    <Badge tone={tones[one.state] ?? "plain"}>{t(`campaignState.${one.state}`)}</Badge>
                  </div>
                  {one.frozen && one.counts.audience > 0 ? (
                    <Progress label={t("today.campaigns.progress", { done: formatNumber(one.counts.audience - left(one)), all: formatNumber(one.counts.audience) })} value={one.counts.audience - left(one)} max={one.counts.audience} />
                  ) : (
                    <p class="soft small">{t("today.campaigns.starts", { time: formatWhen(one.start) })}</p>
                  )}
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </section>
  );
}
