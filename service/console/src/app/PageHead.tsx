import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../i18n";
import { useRoute } from "./router";

let shownFirst = true;

/** After a sign-in the page's heading takes the focus that the form had. */
export const focusNextHeading = () => {
  shownFirst = false;
};

/**
 * The heading of a page. Gets the focus when one has come here by a link, so that a screen reader begins here. `windowTitle`
 * is what the window and the task bar show, where that must not tell what the page is about.
 */
export function PageHead({ title, windowTitle, children }: { title: string; windowTitle?: string; children?: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { view, path } = useRoute();
  const shown = windowTitle ?? title;
  useEffect(() => {
    document.title = `${shown} · ${t("app.name")}`;
  }, [shown]);
  useEffect(() => {
    if (!shownFirst) heading.current?.focus();
    shownFirst = false;
  }, [view, path.join("/")]);
  return (
    <div class="row apart page-head">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children && <div class="row">{children}</div>}
    </div>
  );
}
