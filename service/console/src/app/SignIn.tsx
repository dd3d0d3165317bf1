import { useEffect, useRef, useState } from "preact/hooks";
import { post } from "../api/client";
import { ApiError } from "../api/error";
import { presence, type Session } from "../api/session";
import { t } from "../i18n";
import { Button } from "../ui/Button";
import { useNow } from "../ui/Clock";
import { Field } from "../ui/Field";
import { ErrorNotice, Notice } from "../ui/Notice";
import { useAction } from "../ui/useAction";
import { formatDuration } from "../i18n/format";
import { focusNextHeading } from "./PageHead";
import { LookSwitches } from "./LookSwitches";
import "./signin.css";

/** Takes a new session over. What another person left in this tab is thrown away. */
function enter(session: Session) {
  const before = presence.get();
  if (before.state === "lost" && before.session.name !== session.name) {
    sessionStorage.clear();
    location.reload();
    return;
  }
  focusNextHeading();
  presence.set({ state: "in", session });
}

/** `back`: who comes back to what they were doing, after their session ended. */
export function SignIn({ back }: { back?: string }) {
  const [name, setName] = useState(back ?? "");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [asksCode, setAsksCode] = useState(false);
  const [waitUntil, setWaitUntil] = useState(0);
  const first = useRef<HTMLDivElement>(null);
  const waitMs = waitUntil - useNow();

  useEffect(() => {
    document.title = `${t("signIn.title")} · ${t("app.name")}`;
  }, []);
  useEffect(() => {
    // The browser looks at "autofocus" only when a page or a dialog opens.
    first.current?.querySelector<HTMLInputElement>(asksCode ? "[name=code]" : "[autofocus]")?.focus();
  }, [asksCode]);

  const signIn = useAction(async () => {
    try {
      const body = { name: name.trim(), password, ...(asksCode ? { code: code.trim() } : {}) };
      enter(await post("/api/v1/session", { body, repeatable: false }));
    } catch (thrown) {
      if (!(thrown instanceof ApiError)) throw thrown;
      if (thrown.retryAfterS) setWaitUntil(Date.now() + thrown.retryAfterS * 1000);
      if (thrown.type !== "code_needed") throw thrown;
      setAsksCode(true);
    }
  });

  return (
    <main class="sign-in">
      <div class="stack" ref={first}>
        <div>
          <p class="brand">{t("app.name")}</p>
          <h1>{back ? t("signIn.again") : asksCode ? t("signIn.code.title") : t("signIn.title")}</h1>
        </div>
        {back && <p>{t("signIn.kept")}</p>}
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void signIn.run();
          }}
        >
          {!asksCode && (
            <>
              <Field label={t("signIn.name")} name="name" autocomplete="username" autocapitalize="none" spellcheck={false} required autofocus={!back} value={name} onValue={setName} />
              <Field label={t("signIn.password")} name="password" type="password" autocomplete="current-password" required autofocus={Boolean(back)} value={password} onValue={setPassword} />
            </>
          )}
          {asksCode && (
            <Field label={t("signIn.code")} hint={t("signIn.code.hint")} name="code" autocomplete="one-time-code" autocapitalize="none" spellcheck={false} required value={code} onValue={setCode} />
          )}
          {waitMs > 0 ? (
            <Notice tone="high" title={t("problem.too_many_tries")}>
              <p class="numeric">{t("problem.wait", { time: formatDuration(waitMs) })}</p>
            </Notice>
          ) : (
            signIn.error && signIn.error.type !== "too_many_tries" && <SignInError error={signIn.error} />
          )}
          <div class="row">
            <Button type="submit" kind="primary" busy={signIn.busy} disabled={waitMs > 0}>
              {t("signIn.do")}
            </Button>
            {asksCode && (
              <Button
                kind="quiet"
                onClick={() => {
                  setAsksCode(false);
                  setCode("");
                  signIn.reset();
                }}
              >
                {t("ui.back")}
              </Button>
            )}
            {back && (
              <Button kind="quiet" onClick={() => location.assign("/")}>
                {t("signIn.other")}
              </Button>
            )}
          </div>
        </form>
        <LookSwitches />
      </div>
    </main>
  );
}

function SignInError({ error }: { error: ApiError }) {
  if (error.type !== "wrong_sign_in") return <ErrorNotice error={error} />;
  return (
    <Notice tone="critical" alert title={t("problem.wrong_sign_in")}>
      {t("todo.wrong_sign_in")}
    </Notice>
  );
}

/** Over everything, also over an open dialog: what was there waits behind it, unseen. */
export function SignInAgain({ name }: { name: string }) {
  const cover = useRef<HTMLDialogElement>(null);
  const [title] = useState(document.title);
  const [focused] = useState(document.activeElement);
  useEffect(() => {
    cover.current?.showModal();
    return () => {
      document.title = title;
      if (focused instanceof HTMLElement) focused.focus();
    };
  }, []);
  return (
    <dialog ref={cover} class="cover" aria-label={t("signIn.again")} onCancel={(event) => event.preventDefault()}>
      <SignIn back={name} />
    </dialog>
  );
}
