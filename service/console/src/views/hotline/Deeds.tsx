import { useState } from "preact/hooks";
import { get, post, type Schemas } from "../../api/client";
import { t } from "../../i18n";
import { ConfirmButton } from "../../ui/ConfirmButton";
import { Field, Select } from "../../ui/Field";
import { useQuery } from "../../ui/useQuery";

type Case = Schemas["Case"];
type Path = "accept" | "decline" | "transfer" | "handback" | "progress";
/** In the name of a facility: which, where the case has an owner it is the owner. */
const deeds: Record<Case["state"], readonly Path[]> = { open: ["accept", "decline"], accepted: ["progress", "handback", "transfer"], closed: [] };

/** What the desk does for others: each is asked once, and stands in the timeline. */
export function Deeds({ one, done }: { one: Case; done: () => void }) {
  return (
    <div class="row" role="group" aria-label={t("hotline.deeds")}>
      {deeds[one.state].map((path) => (
        <Deed key={path} one={one} path={path} done={done} />
      ))}
      {one.call_back?.state === "needed" && (
        <ConfirmButton
          label={t("hotline.calledBack")}
          title={t("hotline.calledBack.ask")}
          confirm={t("hotline.calledBack.do")}
          action={async () => {
            await post("/api/v1/cases/{code}/called-back", { path: { code: one.code } });
            done();
          }}
        />
      )}
      <Close one={one} done={done} />
    </div>
  );
}

function Deed({ one, path, done }: { one: Case; path: Path; done: () => void }) {
  const facilities = useQuery(async (signal) => (await get("/api/v1/facilities", { query: { limit: 1000 }, signal })).items.map((each) => each.name), []);
  const [facility, setFacility] = useState("");
  const [reason, setReason] = useState("");
  const needsFacility = one.state === "open" || path === "transfer";
  const asked = path === "transfer" ? (facilities.data ?? []).filter((name) => name !== one.owner) : [...one.asked, ...(facilities.data ?? []).filter((name) => !one.asked.includes(name))];
  const chosen = facility || (needsFacility ? (asked[0] ?? "") : "");
  const act = () => {
    const body = { ...(needsFacility && (path === "transfer" ? { to: chosen } : { facility: chosen })), ...(reason.trim() && { reason: reason.trim() }) };
    const options = { path: { code: one.code }, body };
    if (path === "accept") return post("/api/v1/cases/{code}/accept", options);
    if (path === "decline") return post("/api/v1/cases/{code}/decline", options);
    if (path === "transfer") return post("/api/v1/cases/{code}/transfer", options);
    if (path === "handback") return post("/api/v1/cases/{code}/handback", options);
    return post("/api/v1/cases/{code}/progress", options);
  };
  return (
    <ConfirmButton
      kind={path === "accept" ? "primary" : "plain"}
      label={t(`hotline.deed.${path}`)}
      title={t(`hotline.deed.${path}.ask`, { code: one.code })}
      confirm={t(`hotline.deed.${path}`)}
      action={async () => {
        await act();
        setReason("");
        done();
      }}
      done={t("hotline.deed.done")}
    >
      {needsFacility && <Select label={t("hotline.facility")} value={chosen} onValue={setFacility} choices={asked.map((value) => ({ value, label: value }))} />}
      <Field label={t("hotline.reason")} hint={t("hotline.reason.hint")} optional value={reason} onValue={setReason} />
    </ConfirmButton>
  );
}

function Close({ one, done }: { one: Case; done: () => void }) {
  const [outcome, setOutcome] = useState("");
  return (
    <ConfirmButton
      kind="danger"
      label={t("hotline.close")}
      title={t("hotline.close.ask", { code: one.code })}
      confirm={t("hotline.close.do")}
      action={async () => {
        await post("/api/v1/cases/{code}/close", { path: { code: one.code }, body: outcome.trim() ? { outcome: outcome.trim() } : {} });
        done();
      }}
      done={t("hotline.close.done")}
    >
      <p>{t("hotline.close.what")}</p>
      <Field label={t("hotline.outcome")} hint={t("hotline.reason.hint")} optional value={outcome} onValue={setOutcome} />
    </ConfirmButton>
  );
}
