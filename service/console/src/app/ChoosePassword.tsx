import { useState } from "preact/hooks";
import { fetchSession, post } from "../api/client";
import { endSession } from "../api/leave";
import { currentSession, presence } from "../api/session";
import { t } from "../i18n";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import { ErrorNotice } from "../ui/Notice";
import { useAction } from "../ui/useAction";
import { PageHead } from "./PageHead";

const passwordLettersMin = 10;

/** Changes one's own password. */
export function PasswordForm({ onDone }: { onDone?: () => void }) {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [repeated, setRepeated] = useState("");
  const [tried, setTried] = useState(false);
  const isShort = [...next].length < passwordLettersMin;
  const differs = next !== repeated;
  const change = useAction(
    async () => {
      await post("/api/v1/session/password", { body: { current, new: next } });
      const session = await fetchSession();
      setCurrent("");
      setNext("");
      setRepeated("");
      setTried(false);
      presence.set(session ? { state: "in", session } : { state: "out" });
      onDone?.();
    },
    { done: t("password.done") },
  );
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!isShort && !differs) void change.run();
      }}
    >
      <input class="only-read" type="text" name="username" autocomplete="username" tabIndex={-1} aria-hidden="true" readOnly value={currentSession()?.name ?? ""} />
      <Field label={t("password.current")} type="password" autocomplete="current-password" required value={current} onValue={setCurrent} fault={change.error?.type === "wrong_password" ? t("problem.wrong_password") : undefined} />
      <Field label={t("password.new")} hint={t("password.hint")} type="password" autocomplete="new-password" required value={next} onValue={setNext} fault={tried && isShort ? t("password.short") : change.fault("new")} />
      <Field label={t("password.repeat")} type="password" autocomplete="new-password" required value={repeated} onValue={setRepeated} fault={tried && differs ? t("password.differs") : undefined} />
      {change.error && change.error.type !== "wrong_password" && <ErrorNotice error={change.error} />}
      <div>
        <Button type="submit" kind="primary" busy={change.busy}>
          {t("password.do")}
        </Button>
      </div>
    </form>
  );
}

/** The whole page, for who came in with a password that was given for once. */
export function ChoosePassword() {
  return (
    <main class="sign-in">
      <div class="stack">
        <p class="brand">{t("app.name")}</p>
        <PageHead title={t("password.first.title")} />
        <p>{t("password.first.text")}</p>
        <PasswordForm />
        <div>
          <Button kind="quiet" onClick={() => void endSession()}>
            {t("shell.signOut")}
          </Button>
        </div>
      </div>
    </main>
  );
}
