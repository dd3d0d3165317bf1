import { PageHead } from "../../app/PageHead";
import { get } from "../../api/client";
import { may } from "../../api/session";
import { t } from "../../i18n";
import { formatDay } from "../../i18n/format";
import { Loaded } from "../../ui/Loaded";
import { useQuery } from "../../ui/useQuery";
import { Alarms } from "./Alarms";
import { Campaigns } from "./Campaigns";
import { Cases } from "./Cases";
import { Gateways } from "./Gateways";
import "./today.css";

/** No event tells of gateways, the watch and the coverage. */
const statusEveryMs = 15_000;

export default function Today() {
  const status = useQuery((signal) => get("/api/v1/status", { signal }), [], { topics: ["case", "facility"], every_ms: statusEveryMs });
  return (
    <>
      <PageHead title={t("today.title")}>
        <span class="soft">{formatDay(Date.now())}</span>
      </PageHead>
      <div class="stack wide">
        <Loaded of={status}>{(data) => <Alarms status={data} />}</Loaded>
        {may("listCases") ? <Cases /> : status.data?.cases && <CaseCounts cases={status.data.cases} />}
        <div class="today">
          {may("listCampaigns") && <Campaigns />}
          {status.data && <Gateways gateways={status.data.gateways} />}
        </div>
      </div>
    </>
  );
}

/** For who may know how many there are, and no more. */
function CaseCounts({ cases }: { cases: { open: number; accepted: number } }) {
  return (
    <section class="panel stack tight" aria-labelledby="cases">
      <h2 id="cases">{t("today.cases")}</h2>
      <dl class="figures">
        <div>
          <dt>{t("today.cases.open")}</dt>
          <dd>{cases.open}</dd>
        </div>
        <div>
          <dt>{t("today.cases.accepted")}</dt>
          <dd>{cases.accepted}</dd>
        </div>
      </dl>
    </section>
  );
}
