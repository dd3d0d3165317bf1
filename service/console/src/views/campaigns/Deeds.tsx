import { useState } from "preact/hooks";
import { post, type Schemas } from "../../api/client";
import { currentSession, may, type Operation } from "../../api/session";
import { t } from "../../i18n";
import { formatNumber } from "../../i18n/format";
import { ConfirmButton } from "../../ui/ConfirmButton";
import { Field } from "../../ui/Field";

type Campaign = Schemas["Campaign"];
type Deed = "submit" | "approve" | "reject" | "pause" | "resume" | "cancel";

const operations: Record<Deed, Operation> = {
  submit: "submitCampaign",
  approve: "approveCampaign",
  reject: "rejectCampaign",
  pause: "pauseCampaign",
  resume: "resumeCampaign",
  cancel: "cancelCampaign",
};
const possible: Record<Campaign["state"], readonly Deed[]> = {
  draft: ["submit", "cancel"],
  submitted: ["approve", "reject", "cancel"],
  approved: ["pause", "cancel"],
  running: ["pause", "cancel"],
  paused: ["resume", "cancel"],
  completed: [],
  cancelled: [],
};

/** What this person may do with it now. Who wrote a campaign does not approve it. */
export function Deeds({ one, done }: { one: Campaign; done: () => void }) {
  const isAuthor = one.author === currentSession()?.name;
  const deeds = possible[one.state].filter((deed) => may(operations[deed]) && !(deed === "approve" && isAuthor));
  return (
    <>
      {one.state === "submitted" && isAuthor && <p class="soft">{t("campaigns.anotherApproves")}</p>}
      {deeds.length > 0 && (
        <div class="row" role="group" aria-label={t("campaigns.deeds")}>
          {deeds.map((deed) => (
            <Do key={deed} one={one} deed={deed} done={done} />
          ))}
        </div>
      )}
    </>
  );
}

function Do({ one, deed, done }: { one: Campaign; deed: Deed; done: () => void }) {
  const [comment, setComment] = useState("");
  const act = () => {
    const options = { path: { id: one.id }, body: comment.trim() ? { comment: comment.trim() } : {} };
    if (deed === "submit") return post("/api/v1/campaigns/{id}/submit", options);
    if (deed === "approve") return post("/api/v1/campaigns/{id}/approve", options);
    if (deed === "reject") return post("/api/v1/campaigns/{id}/reject", options);
    if (deed === "pause") return post("/api/v1/campaigns/{id}/pause", options);
    if (deed === "resume") return post("/api/v1/campaigns/{id}/resume", options);
    return post("/api/v1/campaigns/{id}/cancel", options);
  };
  const left = one.counts.pending + one.counts.queued + one.counts.submitting;
  return (
    <ConfirmButton
      kind={deed === "cancel" ? "danger" : deed === "approve" || deed === "submit" || deed === "resume" ? "primary" : "plain"}
      label={t(`campaigns.deed.${deed}`)}
      title={t(`campaigns.deed.${deed}.ask`, { title: one.title })}
      confirm={t(`campaigns.deed.${deed}`)}
      action={async () => {
        await act();
        setComment("");
        done();
      }}
      done={t(`campaigns.deed.${deed}.done`)}
    >
      <p>{t(`campaigns.deed.${deed}.what`)}</p>
      {one.frozen && <p>{t("campaigns.left", { n: left, all: formatNumber(one.counts.audience) })}</p>}
      <Field label={t("campaigns.comment")} optional value={comment} onValue={setComment} />
    </ConfirmButton>
  );
}
