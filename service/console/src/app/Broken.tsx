import { Component, type ComponentChildren } from "preact";
import { t } from "../i18n";
import { Button } from "../ui/Button";
import { Notice } from "../ui/Notice";
import { PageHead } from "./PageHead";

/** Stands for a view that broke; the rest of the console goes on. `at` names the view: another one begins anew. */
export class Unbreakable extends Component<{ at: string; children: ComponentChildren }, { broken: boolean; at: string }> {
  override state = { broken: false, at: this.props.at };

  static override getDerivedStateFromProps(props: { at: string }, state: { broken: boolean; at: string }) {
    return props.at === state.at ? null : { broken: false, at: props.at };
  }

  override componentDidCatch(error: unknown) {
    console.error(error);
    this.setState({ broken: true });
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

export function Broken() {
  return (
    <div class="stack narrow">
      <PageHead title={t("broken.title")} />
      <Notice tone="high" alert>
        <p>{t("broken.text")}</p>
      </Notice>
      <div>
        <Button kind="primary" onClick={() => location.reload()}>
          {t("broken.reload")}
        </Button>
      </div>
    </div>
  );
}

export function NotFound({ home }: { home: string }) {
  return (
    <div class="stack narrow">
      <PageHead title={t("notFound.title")} />
      <p>{t("notFound.text")}</p>
      <p>
        <a href={home}>{t("notFound.home")}</a>
      </p>
    </div>
  );
}
