import { PageHead } from "../../app/PageHead";
import { PasswordForm } from "../../app/ChoosePassword";
import { t } from "../../i18n";
import { changeSettings, settings, type Settings } from "../../settings";
import { useStore } from "../../store";
import { Button } from "../../ui/Button";
import { chime } from "../../ui/chime";
import { Checkbox, Radios } from "../../ui/Field";
import { SecondFactor } from "./SecondFactor";

export default function SettingsView() {
  const now = useStore(settings);
  return (
    <>
      <PageHead title={t("settings.title")} />
      <div class="stack wide narrow">
        <section class="panel stack" aria-labelledby="look">
          <h2 id="look">{t("settings.look")}</h2>
          <p class="soft small">{t("settings.look.hint")}</p>
          <Radios
            label={t("settings.language")}
            value={now.language}
            onValue={(language) => void changeSettings({ language })}
            choices={[
              { value: "vi", label: "Tiếng Việt" },
              { value: "en", label: "English" },
            ]}
          />
          <Radios<Settings["theme"]>
            label={t("settings.theme")}
            value={now.theme}
            onValue={(theme) => void changeSettings({ theme })}
            choices={[
              { value: "auto", label: t("settings.auto") },
              { value: "light", label: t("settings.theme.light") },
              { value: "dark", label: t("settings.theme.dark") },
            ]}
          />
          <Radios<Settings["contrast"]>
            label={t("settings.contrast")}
            value={now.contrast}
            onValue={(contrast) => void changeSettings({ contrast })}
            choices={[
              { value: "auto", label: t("settings.auto") },
              { value: "high", label: t("settings.contrast.high") },
            ]}
          />
          <div class="row apart">
            <Checkbox label={t("settings.sound")} hint={t("settings.sound.hint")} checked={now.sound} onValue={(sound) => void changeSettings({ sound })} />
            <Button disabled={!now.sound} onClick={chime}>
              {t("settings.sound.try")}
            </Button>
          </div>
        </section>
        <section class="panel stack" aria-labelledby="second-factor">
          <h2 id="second-factor">{t("factor.title")}</h2>
          <SecondFactor />
        </section>
        <section class="panel stack" aria-labelledby="password">
          <h2 id="password">{t("password.title")}</h2>
          <PasswordForm />
        </section>
        <section class="panel stack tight" aria-labelledby="exit">
          <h2 id="exit">{t("shell.exit")}</h2>
          <p>{t("settings.exit.text")}</p>
        </section>
      </div>
    </>
  );
}
