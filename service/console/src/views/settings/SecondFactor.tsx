import { useState } from "preact/hooks";
import { fetchSession, post } from "../../api/client";
import { presence } from "../../api/session";
import { t } from "../../i18n";
import { useStore } from "../../store";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { ErrorNotice, Notice } from "../../ui/Notice";
import { useAction } from "../../ui/useAction";
import { QrCode } from "./QrCode";
import { RecoveryCodes } from "./RecoveryCodes";

async function refreshSession() {
  const session = await fetchSession();
  if (session) presence.set({ state: "in", session });
}

/** Whether a code is asked for at sign-in, and how to turn that on or off. */
export function SecondFactor() {
  const now = useStore(presence);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [open, setOpen] = useState<"" | "on" | "off">("");
  if (now.state !== "in" && now.state !== "lost") return null;
  const { session } = now;
  const close = () => setOpen("");
  if (codes) return <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />;
  return (
    <>
      <p>{session.second_factor ? t("factor.isOn") : t("factor.isOff")}</p>
      {session.second_factor && <p class="soft">{t("factor.left", { n: session.recovery_codes_left })}</p>}
      <div>
        <Button aria-haspopup="dialog" kind={session.second_factor ? "danger" : "plain"} onClick={() => setOpen(session.second_factor ? "off" : "on")}>
          {session.second_factor ? t("factor.turnOff") : t("factor.turnOn")}
        </Button>
      </div>
      {open === "on" && (
        <TurnOn
          onClose={close}
          onDone={async (made) => {
            setCodes(made);
            close();
            await refreshSession();
          }}
        />
      )}
      {open === "off" && <TurnOff onClose={close} />}
    </>
  );
}

function TurnOn({ onClose, onDone }: { onClose: () => void; onDone: (codes: readonly string[]) => Promise<void> }) {
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [made, setMade] = useState<{ secret: string; uri: string } | null>(null);
  const begin = useAction(async () => setMade(await post("/api/v1/session/second-factor", { body: { password } })));
  const confirm = useAction(async () => onDone((await post("/api/v1/session/second-factor/confirm", { body: { code: code.trim() } })).recovery_codes));
  const step = made ? confirm : begin;
  return (
    <Dialog title={t("factor.turnOn")} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void step.run();
        }}
      >
        {made ? (
          <>
            <p>{t("factor.scan")}</p>
            <QrCode text={made.uri} label={t("factor.qr")} />
            <p>
              {t("factor.byHand")} <code class="secret">{made.secret.replace(/(.{4})/g, "$1 ")}</code>
            </p>
            <Field label={t("factor.code")} hint={t("factor.code.hint")} inputMode="numeric" autocomplete="one-time-code" required value={code} onValue={setCode} />
          </>
        ) : (
          <>
            <p>{t("factor.what")}</p>
            <Field label={t("factor.password")} type="password" autocomplete="current-password" required value={password} onValue={setPassword} />
          </>
        )}
        {step.error && <ErrorNotice error={step.error} />}
        <div>
          <Button type="submit" kind="primary" busy={step.busy}>
            {made ? t("factor.confirm") : t("ui.next")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function TurnOff({ onClose }: { onClose: () => void }) {
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const remove = useAction(
    async () => {
      await post("/api/v1/session/second-factor/remove", { body: { password, code: code.trim() } });
      await refreshSession();
      onClose();
    },
    { done: t("factor.removed") },
  );
  return (
    <Dialog title={t("factor.turnOff")} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void remove.run();
        }}
      >
        <Notice tone="high">{t("factor.turnOff.text")}</Notice>
        <Field label={t("factor.password")} type="password" autocomplete="current-password" required value={password} onValue={setPassword} />
        <Field label={t("signIn.code")} hint={t("signIn.code.hint")} autocomplete="one-time-code" required value={code} onValue={setCode} />
        {remove.error && <ErrorNotice error={remove.error} />}
        <div>
          <Button type="submit" kind="danger" busy={remove.busy}>
            {t("factor.turnOff")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
