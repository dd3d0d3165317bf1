import { PageHead } from "../../app/PageHead";
import { t } from "../../i18n";

export default function View() {
  return <PageHead title={t("nav.hotline")} />;
}
