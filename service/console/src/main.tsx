import { render } from "preact";
import { fetchSession } from "./api/client";
import { asApiError } from "./api/error";
import { followEvents } from "./api/events";
import { presence } from "./api/session";
import { App } from "./app/App";
import { cameBackAfterExit, listenForExit } from "./app/quickExit";
import { applySettings } from "./settings";
import { ErrorNotice } from "./ui/Notice";
import "./style/tokens.css";
import "./style/base.css";

async function start(root: HTMLElement): Promise<void> {
  if (cameBackAfterExit()) return location.replace("/calendar.html");
  listenForExit();
  const session = fetchSession();
  session.catch(() => undefined); // looked at below
  await applySettings();
  try {
    const found = await session;
    presence.set(found ? { state: "in", session: found } : { state: "out" });
  } catch (thrown) {
    const error = asApiError(thrown);
    return render(
      <main class="sign-in">
        <ErrorNotice error={error} retry={() => location.reload()} />
      </main>,
      root,
    );
  }
  render(<App />, root);
  followEvents();
}

const root = document.getElementById("root");
if (root) void start(root);
