import { useEffect, useState } from "preact/hooks";
import { get } from "../api/client";
import { stream } from "../api/events";
import { endSession } from "../api/leave";
import { line } from "../api/line";
import { may, type Session } from "../api/session";
import { t } from "../i18n";
import { useStore } from "../store";
import { announcement } from "../ui/announce";
import { Button } from "../ui/Button";
import { Notice } from "../ui/Notice";
import { useQuery } from "../ui/useQuery";
import { NotFound } from "./Broken";
import { LookSwitches } from "./LookSwitches";
import { quickExit } from "./quickExit";
import { go, href, useRoute } from "./router";
import { allowedViews, type View } from "./views";
import { ViewFrame } from "./ViewFrame";
import "./shell.css";

/** Is there a handset to play with? Only those who may play ask. */
function useSandbox(): boolean {
  const gateways = useQuery(async (signal) => (may("playText") ? (await get("/api/v1/gateways", { signal })).items : []), []);
  return gateways.data?.some((gateway) => gateway.adapter === "sandbox") ?? false;
}

export function Shell({ session }: { session: Session }) {
  const allowed = allowedViews(useSandbox());
  const now = useRoute();
  const home = allowed[0]?.name ?? "settings";
  const view = allowed.find((one) => one.name === now.view);
  useEffect(() => {
    if (!now.view) go(href(home), "replace");
  }, [now.view, home]);
  return (
    <div class="shell">
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById("main")?.focus();
        }}
      >
        {t("shell.skip")}
      </a>
      <Head session={session} allowed={allowed} current={now.view} />
      <main id="main" tabIndex={-1}>
        <Stale />
        {view ? <ViewFrame view={view} route={now} /> : now.view && <NotFound home={href(home)} />}
      </main>
      <Announcer />
    </div>
  );
}

function Head({ session, allowed, current }: { session: Session; allowed: readonly View[]; current: string }) {
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => setIsOpen(false), [current]);
  return (
    <header>
      <div class="bar">
        <span class="brand">{t("app.name")}</span>
        <Line />
        <Button class="menu" aria-expanded={isOpen} aria-controls="navigation" onClick={() => setIsOpen(!isOpen)}>
          {t("shell.menu")}
        </Button>
        <Button class="exit" title={t("shell.exit.hint")} onClick={quickExit}>
          {t("shell.exit")}
        </Button>
      </div>
      <div id="navigation" class={isOpen ? "side open" : "side"}>
        <nav aria-label={t("shell.navigation")}>
          <ul class="places">
            {allowed.map((view) => (
              <li key={view.name}>
                <a href={href(view.name)} aria-current={view.name === current ? "page" : undefined} onClick={() => setIsOpen(false)}>
                  {t(view.label)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="who stack tight">
          <div>
            <strong>{session.name}</strong>
            <div class="soft small">{t(`role.${session.role}`)}</div>
          </div>
          <div>
            <Button
              onClick={() => {
                void endSession();
                go("#/", "replace");
              }}
            >
              {t("shell.signOut")}
            </Button>
          </div>
          <LookSwitches />
        </div>
      </div>
    </header>
  );
}

/** Whether what is shown is of now. */
function Line() {
  const isLost = useStore(line) === "lost";
  const events = useStore(stream);
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    if (events !== "connecting") return setIsSlow(false);
    const timer = setTimeout(() => setIsSlow(true), 3000);
    return () => clearTimeout(timer);
  }, [events]);
  const state = isLost || isSlow ? "lost" : "up";
  return (
    <span class={`line ${state}`} role="status">
      {state === "lost" ? t("shell.line.lost") : events === "live" ? t("shell.line.live") : ""}
    </span>
  );
}

/** While there is no line, what is shown may be old: nobody shall take it for the present. */
function Stale() {
  if (useStore(line) !== "lost") return null;
  return (
    <div class="stale">
      <Notice tone="high" title={t("shell.stale.title")}>
        {t("shell.stale.text")}
      </Notice>
    </div>
  );
}

function Announcer() {
  const { text, number } = useStore(announcement);
  const [isShown, setIsShown] = useState(false);
  useEffect(() => {
    if (!number) return;
    setIsShown(true);
    const timer = setTimeout(() => setIsShown(false), 6000);
    return () => clearTimeout(timer);
  }, [number]);
  return (
    <div class="announcer" role="status" aria-live="polite">
      {isShown && <p key={number}>{text}</p>}
    </div>
  );
}
