import { get, post, type Schemas } from "../../api/client";
import type { ApiError } from "../../api/error";
import { PageHead } from "../../app/PageHead";
import { go, href } from "../../app/router";
import { t } from "../../i18n";
import { formatNumber, zonedTime } from "../../i18n/format";
import { Button, ButtonLink } from "../../ui/Button";
import { Checkbox, Field, Select } from "../../ui/Field";
import { ErrorNotice } from "../../ui/Notice";
import { useAction } from "../../ui/useAction";
import { useDraft } from "../../ui/useDraft";
import { useQuery } from "../../ui/useQuery";
import { TextField } from "./TextField";

type Spec = Schemas["CampaignSpec"];
const first = { title: "", class: "social_policy" as Spec["class"], groups: [] as readonly string[], units: "", texts: [{ language: "vi", body: "", isStripped: true }], start: "", end: "", windows: "" };
type Form = typeof first;

/** A new campaign. It is a draft: nothing leaves until another person has approved it. */
export function Editor() {
  const draft = useDraft<Form>("campaigns.new", first);
  const form = draft.value;
  const set = (change: Partial<Form>) => draft.set({ ...form, ...change });
  const groups = useQuery(async (signal) => (await get("/api/v1/groups", { signal })).items, []);
  const save = useAction(
    async () => {
      const made = await post("/api/v1/campaigns", { body: specOf(form) });
      draft.clear();
      go(href("campaigns", made.id), "replace");
    },
    { done: t("campaigns.saved") },
  );
  const setText = (at: number, change: Partial<Form["texts"][number]>) => set({ texts: form.texts.map((one, n) => (n === at ? { ...one, ...change } : one)) });
  return (
    <>
      <PageHead title={t("campaigns.new")} />
      <form
        class="stack wide"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run();
        }}
      >
        <fieldset class="panel stack">
          <legend class="only-read">{t("campaigns.what")}</legend>
          <Field label={t("campaigns.title")} value={form.title} onValue={(title) => set({ title })} fault={save.fault("title")} />
          <Select label={t("campaigns.class")} value={form.class} onValue={(value) => set({ class: value })} fault={save.fault("class")} choices={(["social_policy", "advertising", "transactional"] as const).map((value) => ({ value, label: t(`campaigns.class.${value}`) }))} />
        </fieldset>
        <fieldset class="panel stack">
          <legend>{t("campaigns.audience")}</legend>
          {groups.data?.map((one) => (
            <Checkbox
              key={one.name}
              label={`${one.name} (${formatNumber(one.members)})`}
              checked={form.groups.includes(one.name)}
              onValue={(isChosen) => set({ groups: isChosen ? [...form.groups, one.name] : form.groups.filter((name) => name !== one.name) })}
            />
          ))}
          <Field label={t("campaigns.units")} hint={t("campaigns.units.hint")} optional value={form.units} onValue={(units) => set({ units })} fault={faultBelow(save, "audience")} />
          <Count form={form} />
        </fieldset>
        <fieldset class="panel stack">
          <legend>{t("campaigns.texts")}</legend>
          {form.texts.map((one, at) => (
            <TextField key={at} value={one} onValue={(change) => setText(at, change)} fault={faultBelow(save, `text[${at}]`)} />
          ))}
          <div class="row">
            <Button onClick={() => set({ texts: [...form.texts, { language: form.texts.length === 1 ? "hmn" : "", body: "", isStripped: false }] })}>{t("campaigns.text.add")}</Button>
            {form.texts.length > 1 && <Button onClick={() => set({ texts: form.texts.slice(0, -1) })}>{t("campaigns.text.remove")}</Button>}
          </div>
        </fieldset>
        <fieldset class="panel stack">
          <legend>{t("campaigns.when")}</legend>
          <Field label={t("campaigns.start")} hint={t("campaigns.start.hint")} optional type="datetime-local" value={form.start} onValue={(start) => set({ start })} fault={save.fault("schedule.start")} />
          <Field label={t("campaigns.end")} optional type="datetime-local" value={form.end} onValue={(end) => set({ end })} fault={save.fault("schedule.end")} />
          <Field label={t("campaigns.windows")} hint={t("campaigns.windows.hint")} optional value={form.windows} onValue={(windows) => set({ windows })} fault={faultBelow(save, "schedule.windows")} />
        </fieldset>
        {save.error && <ErrorNotice error={save.error} />}
        <div class="row">
          <Button kind="primary" type="submit" busy={save.busy}>
            {t("campaigns.save")}
          </Button>
          <ButtonLink href={href("campaigns")}>{t("ui.back")}</ButtonLink>
          {draft.isChanged && (
            <Button kind="quiet" onClick={draft.clear}>
              {t("campaigns.throwAway")}
            </Button>
          )}
        </div>
      </form>
    </>
  );
}

/** How many it would reach as it is chosen now. */
function Count({ form }: { form: Form }) {
  const audience = audienceOf(form);
  const isChosen = form.groups.length > 0 || form.units.trim() !== "";
  const key = JSON.stringify(audience);
  const count = useQuery(async (signal) => (isChosen ? post("/api/v1/audiences/measure", { body: audience, signal }) : null), [key]);
  return (
    <p aria-live="polite">
      {!isChosen ? <span class="soft">{t("campaigns.audience.choose")}</span> : count.data ? t("campaigns.audience.count", { n: count.data.recipients }) : count.error ? <ErrorNotice error={count.error} /> : <span class="soft">{t("ui.loading")}</span>}
    </p>
  );
}

/** What is wrong at a place or at something within it. */
const faultBelow = ({ error }: { error: ApiError | null }, place: string) => [...(error?.faults ?? [])].find(([at]) => at.startsWith(place))?.[1].join("; ");

const listOf = (words: string) => words.split(/[\s,;]+/).filter(Boolean);

function audienceOf(form: Form) {
  const units = listOf(form.units);
  return { sample: 1, ...(form.groups.length > 0 && { groups: [...form.groups] }), ...(units.length > 0 && { units }) };
}

/** "Mon,Wed 07:00-11:30, 13:30-20:00" as its two windows: a comma ends one only after its hours. */
const windowsOf = (words: string) =>
  words
    .split(/[;\n]|(?<=\d:\d\d)\s*,/)
    .map((one) => one.trim())
    .filter(Boolean);

function specOf(form: Form): Spec {
  const windows = windowsOf(form.windows);
  const schedule = { ...(form.start && { start: zonedTime(form.start) }), ...(form.end && { end: zonedTime(form.end) }), ...(windows.length > 0 && { windows }) };
  return {
    title: form.title,
    class: form.class,
    audience: audienceOf(form),
    text: form.texts.map((one) => ({ language: one.language || "vi", accents: one.isStripped ? ("strip" as const) : ("keep" as const), body: one.body })),
    ...(Object.keys(schedule).length > 0 && { schedule: { holidays: "send" as const, paced_by_cases: true, ...schedule } }),
  };
}
