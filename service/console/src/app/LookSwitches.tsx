import { t } from "../i18n";
import { changeSettings, settings } from "../settings";
import { useStore } from "../store";
import { Button } from "../ui/Button";

/** The other language, and light or dark, one press each. */
export function LookSwitches() {
  const now = useStore(settings);
  const other = now.language === "vi" ? "en" : "vi";
  const isDark = document.documentElement.dataset["theme"] === "dark";
  return (
    <div class="row looks">
      <Button kind="quiet" lang={other} onClick={() => void changeSettings({ language: other })}>
        {other === "vi" ? "Tiếng Việt" : "English"}
      </Button>
      <Button kind="quiet" onClick={() => void changeSettings({ theme: isDark ? "light" : "dark" })}>
        {isDark ? t("look.toLight") : t("look.toDark")}
      </Button>
    </div>
  );
}
