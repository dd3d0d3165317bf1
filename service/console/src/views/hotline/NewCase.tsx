import { get, post, type Schemas } from "../../api/client";
import { PageHead } from "../../app/PageHead";
import { go, href } from "../../app/router";
import { t, tMaybe } from "../../i18n";
import { Button, ButtonLink } from "../../ui/Button";
import { Field, Select, TextArea } from "../../ui/Field";
import { ErrorNotice } from "../../ui/Notice";
import { useAction } from "../../ui/useAction";
import { useDraft } from "../../ui/useDraft";
import { useQuery } from "../../ui/useQuery";

type Urgency = Schemas["Urgency"];
const services = ["medical", "police", "counselling", "shelter", "legal", "child_protection"] as const;
const first = { note: "", phone: "", unit: "", urgency: "" as Urgency | "", service: "", language: "" };

/** A case that somebody tells by telephone. What is left empty is read from the note. */
export function NewCase() {
  const draft = useDraft("hotline.new", first);
  const set = (change: Partial<typeof first>) => draft.set({ ...draft.value, ...change });
  const { note, phone, unit, urgency, service, language } = draft.value;
  const isNamed = /^\D{2,}/.test(unit);
  const units = useQuery(async (signal) => (isNamed ? (await get("/api/v1/units", { query: { name: unit, limit: 20 }, signal })).items : []), [unit]);
  const open = useAction(
    async () => {
      const opened = await post("/api/v1/cases", {
        body: { ...(note && { note }), ...(phone && { phone }), ...(unit && { unit: codeOf(unit) }), ...(urgency && { urgency }), ...(service && { service }), ...(language && { language }) },
      });
      draft.clear();
      go(href("hotline", opened.code), "replace");
    },
    { done: t("hotline.opened") },
  );
  return (
    <>
      <PageHead title={t("hotline.new")} windowTitle={t("hotline.window")} />
      <form
        class="panel stack narrow"
        onSubmit={(event) => {
          event.preventDefault();
          void open.run();
        }}
      >
        <TextArea label={t("hotline.note")} hint={t("hotline.note.hint")} rows={6} value={note} onValue={(value) => set({ note: value })} fault={open.fault("note")} maxLength={4000} />
        <Field label={t("hotline.phone")} hint={t("hotline.phone.hint")} optional inputMode="tel" autocomplete="off" value={phone} onValue={(value) => set({ phone: value })} fault={open.fault("phone")} />
        <Field label={t("case.place")} hint={t("hotline.unit.hint")} optional list="units" autocomplete="off" value={unit} onValue={(value) => set({ unit: value })} fault={open.fault("unit")} />
        <datalist id="units">
          {units.data?.map((one) => (
            <option key={one.code} value={`${one.code} ${one.name}`} />
          ))}
        </datalist>
        <Select
          label={t("case.urgency")}
          value={urgency}
          onValue={(value) => set({ urgency: value })}
          fault={open.fault("urgency")}
          choices={[{ value: "", label: t("hotline.asNoted") }, ...(["critical", "high", "normal"] as const).map((value) => ({ value, label: t(`urgency.${value}`) }))]}
        />
        <Select label={t("case.services")} value={service} onValue={(value) => set({ service: value })} fault={open.fault("service")} choices={[{ value: "", label: t("hotline.asNoted") }, ...services.map((value) => ({ value: value as string, label: tMaybe(`service.${value}`) ?? value }))]} />
        <Select
          label={t("hotline.language")}
          value={language}
          onValue={(value) => set({ language: value })}
          choices={[{ value: "", label: t("hotline.language.unknown") }, ...["vi", "hmn", "tai", "en"].map((value) => ({ value, label: tMaybe(`hotline.language.${value}`) ?? value }))]}
        />
        {open.error && <ErrorNotice error={open.error} />}
        <div class="row">
          <Button kind="primary" type="submit" busy={open.busy}>
            {t("hotline.open.do")}
          </Button>
          <ButtonLink href={href("hotline")}>{t("ui.back")}</ButtonLink>
        </div>
      </form>
    </>
  );
}

/** "03595 Xã Than Uyên", as it is chosen, and a code alone. */
const codeOf = (unit: string) => unit.trim().split(/\s/)[0] ?? "";
