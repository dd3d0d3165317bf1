import { get, type Schemas } from "../../api/client";
import { PageHead } from "../../app/PageHead";
import { href } from "../../app/router";
import { t, tMaybe } from "../../i18n";
import { Badge } from "../../ui/Badge";
import { ButtonLink } from "../../ui/Button";
import { Clock } from "../../ui/Clock";
import { Loaded } from "../../ui/Loaded";
import { useQuery } from "../../ui/useQuery";
import { urgencyTones } from "../today/Cases";
import { Answers } from "./Answers";

type Referral = Schemas["Referral"];

/** Each look is noted, so it is loaded when it is opened and after an answer. */
export function OneReferral({ code }: { code: string }) {
  const referral = useQuery((signal) => get("/api/v1/referrals/{code}", { path: { code }, signal }), [code]);
  return (
    <>
      <PageHead title={t("referrals.case", { code })} windowTitle={t("referrals.window")}>
        <ButtonLink href={href("referrals")}>{t("ui.back")}</ButtonLink>
      </PageHead>
      <Loaded of={referral}>
        {(one) => (
          <section class="panel stack referral" aria-label={t("referrals.case", { code })}>
            <p>{t(`referrals.state.${one.state}`)}</p>
            <Needs one={one} />
            <Answers one={one} done={referral.reload} />
            {one.state === "accepted" && <p class="soft">{t("referrals.details")}</p>}
          </section>
        )}
      </Loaded>
    </>
  );
}

/** How urgent it is, where, and what is needed; of who does not have the case any more, nothing. */
export function Needs({ one }: { one: Referral }) {
  return (
    <dl class="needs">
      {one.urgency && (
        <div>
          <dt>{t("case.urgency")}</dt>
          <dd>
            <Badge tone={urgencyTones[one.urgency]}>{t(`urgency.${one.urgency}`)}</Badge>
          </dd>
        </div>
      )}
      {one.live && (
        <div>
          <dt>{t("case.place")}</dt>
          <dd>{one.unit_name ?? t("case.place.unknown")}</dd>
        </div>
      )}
      {one.services && one.services.length > 0 && (
        <div>
          <dt>{t("case.services")}</dt>
          <dd>{one.services.map((name) => tMaybe(`service.${name}`) ?? name).join(", ")}</dd>
        </div>
      )}
      {one.due_at && (
        <div>
          <dt>{t("case.lease")}</dt>
          <dd>
            <Clock until={one.due_at} soonMs={900_000} />
          </dd>
        </div>
      )}
    </dl>
  );
}
