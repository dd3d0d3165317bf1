import { useState } from "preact/hooks";
import { post, type Schemas } from "../../api/client";
import { t } from "../../i18n";
import { ConfirmButton } from "../../ui/ConfirmButton";
import { Field } from "../../ui/Field";

type Referral = Schemas["Referral"];
type Deed = "accept" | "decline" | "progress" | "handback" | "close";

/** What may be answered as it stands. */
export function Answers({ one, done }: { one: Referral; done: () => void }) {
  if (!one.live) return null;
  const deeds: readonly Deed[] = one.state === "alerted" ? ["accept", "decline"] : one.state === "accepted" ? ["progress", "close", "handback"] : [];
  return (
    <div class="row">
      {deeds.map((deed) => (
        <Answer key={deed} code={one.code} deed={deed} done={done} />
      ))}
    </div>
  );
}

function Answer({ code, deed, done }: { code: string; deed: Deed; done: () => void }) {
  const [reason, setReason] = useState("");
  const act = () => {
    const options = { path: { code }, body: reason.trim() ? { reason: reason.trim() } : {} };
    if (deed === "accept") return post("/api/v1/referrals/{code}/accept", options);
    if (deed === "decline") return post("/api/v1/referrals/{code}/decline", options);
    if (deed === "progress") return post("/api/v1/referrals/{code}/progress", options);
    if (deed === "handback") return post("/api/v1/referrals/{code}/handback", options);
    return post("/api/v1/referrals/{code}/close", options);
  };
  return (
    <ConfirmButton
      kind={deed === "accept" ? "primary" : "plain"}
      label={t(`referrals.deed.${deed}`)}
      title={t(`referrals.deed.${deed}.ask`, { code })}
      confirm={t(`referrals.deed.${deed}`)}
      action={async () => {
        await act();
        setReason("");
        done();
      }}
      done={t("referrals.done")}
    >
      <p>{t(`referrals.deed.${deed}.what`)}</p>
      {deed !== "accept" && <Field label={t("referrals.reason")} hint={t("referrals.reason.hint")} optional value={reason} onValue={setReason} />}
    </ConfirmButton>
  );
}
