import { get, type Schemas } from "../../api/client";
import { PageHead } from "../../app/PageHead";
import { href } from "../../app/router";
import type { ViewProps } from "../../app/views";
import { t } from "../../i18n";
import { Button } from "../../ui/Button";
import { Loaded } from "../../ui/Loaded";
import { usePages } from "../../ui/useQuery";
import { Answers } from "./Answers";
import { Needs, OneReferral } from "./OneReferral";
import "./referrals.css";

type Referral = Schemas["Referral"];
/** No events reach a facility's people. */
const everyMs = 10_000;

/** What a facility is asked, made for a phone: #/referrals is the list, #/referrals/CODE one of them. */
export default function Referrals({ path }: ViewProps) {
  const [code] = path;
  return code === undefined ? <List /> : <OneReferral key={code} code={code} />;
}

function List() {
  const referrals = usePages((cursor, signal) => get("/api/v1/referrals", { query: { limit: 50, ...(cursor ? { cursor } : {}) }, signal }), [], { every_ms: everyMs });
  return (
    <>
      <PageHead title={t("nav.referrals")} windowTitle={t("referrals.window")} />
      <Loaded of={referrals}>
        {(all) => (
          <div class="stack wide">
            <Group title={t("referrals.toAnswer")} empty={t("referrals.toAnswer.none")} of={all.filter((one) => one.live && one.state === "alerted")} done={referrals.reload} />
            <Group title={t("referrals.ours")} empty={t("referrals.ours.none")} of={all.filter((one) => one.live && one.state === "accepted")} done={referrals.reload} />
            <Past of={all.filter((one) => !one.live)} />
          </div>
        )}
      </Loaded>
      {referrals.hasMore && (
        <Button busy={referrals.loading} onClick={referrals.more}>
          {t("referrals.more")}
        </Button>
      )}
    </>
  );
}

function Group({ title, empty, of: referrals, done }: { title: string; empty: string; of: readonly Referral[]; done: () => void }) {
  return (
    <section class="stack tight" aria-label={title}>
      <h2>{title}</h2>
      {referrals.length === 0 && <p class="soft">{empty}</p>}
      <ul class="stack">
        {referrals.map((one) => (
          <li key={one.code} class="panel stack referral">
            <h3>
              <a class="numeric" href={href("referrals", one.code)}>
                {t("referrals.case", { code: one.code })}
              </a>
            </h3>
            <Needs one={one} />
            <Answers one={one} done={done} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Past({ of: referrals }: { of: readonly Referral[] }) {
  if (referrals.length === 0) return null;
  return (
    <section class="stack tight" aria-label={t("referrals.past")}>
      <h2>{t("referrals.past")}</h2>
      <ul class="stack tight">
        {referrals.map((one) => (
          <li key={one.code} class="row apart">
            <span class="numeric">{one.code}</span>
            <span class="soft">{t(`referrals.state.${one.state}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
