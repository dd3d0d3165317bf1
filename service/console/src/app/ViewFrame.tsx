import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n";
import { Broken, Unbreakable } from "./Broken";
import type { Route } from "./router";
import type { View, ViewProps } from "./views";

const loaded = new Map<string, ComponentType<ViewProps>>();

/** Loads a view when it is first gone to. */
export function ViewFrame({ view, route }: { view: View; route: Route }) {
  const [, drawAgain] = useState(0);
  const [failed, setFailed] = useState("");
  useEffect(() => {
    if (loaded.has(view.name)) return;
    view
      .load()
      .then((module) => {
        loaded.set(view.name, module.default);
        drawAgain((count) => count + 1);
      })
      .catch((error: unknown) => {
        console.error(error);
        setFailed(view.name);
      });
  }, [view.name]);
  if (failed === view.name) return <Broken />;
  const Shown = loaded.get(view.name);
  if (!Shown) return <p class="soft">{t("ui.loading")}</p>;
  return (
    <Unbreakable at={view.name}>
      <Shown key={view.name} path={route.path} query={route.query} />
    </Unbreakable>
  );
}
