import { useEffect, useRef } from "preact/hooks";
import { get, post, type Schemas } from "../../api/client";
import { t } from "../../i18n";
import { formatPhone, formatWhen } from "../../i18n/format";
import { Button } from "../../ui/Button";
import { Citizen } from "../../ui/Citizen";
import { TextArea } from "../../ui/Field";
import { ErrorNotice } from "../../ui/Notice";
import { useAction } from "../../ui/useAction";
import { useDraft } from "../../ui/useDraft";
import { useQuery } from "../../ui/useQuery";

interface Written {
  text: string;
  at: string;
}

const pagesMax = 10;

/** All that a handset received, oldest first. */
async function inboxOf(phone: string, signal: AbortSignal) {
  const items: Schemas["Heard"][] = [];
  let cursor: string | null = null;
  for (let page = 0; page < pagesMax; ++page) {
    const loaded: { items: Schemas["Heard"][]; next: string | null } = await get("/api/v1/sandbox/inbox/{phone}", { path: { phone }, query: { limit: 200, ...(cursor ? { cursor } : {}) }, signal });
    items.push(...loaded.items);
    cursor = loaded.next;
    if (cursor === null) break;
  }
  return items;
}

/** One handset: what came and what was written on it, and the next text. What was written is known to this tab only. */
export function Handset({ phone, onClose }: { phone: string; onClose: () => void }) {
  const came = useQuery((signal) => inboxOf(phone, signal), [phone], { topics: ["message", "inbound"], every_ms: 5000 });
  const written = useDraft<readonly Written[]>(`phones.${phone}.written`, []);
  const next = useDraft(`phones.${phone}.next`, "");
  const send = useAction(
    async (text: string) => {
      const at = new Date().toISOString();
      await post("/api/v1/sandbox/texts", { body: { from: phone, text } });
      written.set([...written.value, { text, at }]);
      next.clear();
      came.reload();
    },
    { done: t("phones.sent") },
  );
  const texts = [...(came.data ?? []).map((one) => ({ ...one, isOurs: false })), ...written.value.map((one) => ({ ...one, from: "", isOurs: true }))].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const log = useRef<HTMLDivElement>(null);
  useEffect(() => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [texts.length]);
  const name = formatPhone(phone);
  return (
    <section class="panel stack handset" aria-label={t("phones.handset", { phone: name })}>
      <div class="row apart">
        <h2 class="numeric">{name}</h2>
        <Button kind="quiet" aria-label={t("phones.putDown.of", { phone: name })} onClick={onClose}>
          {t("phones.putDown")}
        </Button>
      </div>
      {came.error && <ErrorNotice error={came.error} retry={came.reload} />}
      <div class="log" ref={log} role="log" aria-label={t("phones.log", { phone: name })} tabIndex={0}>
        <ol class="stack tight">
        {texts.length === 0 && <li class="soft">{t("phones.log.none")}</li>}
        {texts.map((one, at) => (
          <li key={`${one.at}.${at}`} class={one.isOurs ? "bubble ours" : "bubble"}>
            <div class="small soft">
              {one.isOurs ? t("phones.wrote") : one.from} · {formatWhen(one.at)}
            </div>
            <Citizen text={one.text} />
          </li>
        ))}
        </ol>
      </div>
      <form
        class="stack tight"
        onSubmit={(event) => {
          event.preventDefault();
          if (next.value.trim() !== "") void send.run(next.value);
        }}
      >
        <TextArea label={t("phones.text")} rows={2} value={next.value} onValue={next.set} fault={send.fault("text")} />
        {send.error && <ErrorNotice error={send.error} />}
        <div>
          <Button kind="primary" type="submit" busy={send.busy}>
            {t("phones.send")}
          </Button>
        </div>
      </form>
    </section>
  );
}
