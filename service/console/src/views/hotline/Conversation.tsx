import { useState } from "preact/hooks";
import { post, type Schemas } from "../../api/client";
import { t, tMaybe } from "../../i18n";
import { formatPhone, formatWhen } from "../../i18n/format";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { Citizen } from "../../ui/Citizen";
import { Field } from "../../ui/Field";
import { ErrorNotice } from "../../ui/Notice";
import { useAction } from "../../ui/useAction";
import { Panel } from "./CasePage";

type Case = Schemas["Case"];
type Suggestion = Schemas["Suggestion"];
const load = (code: string, reason: string) => post("/api/v1/cases/{code}/read", { path: { code }, body: reason ? { reason } : {}, repeatable: false });
type Read = Awaited<ReturnType<typeof load>>;
/** What went to the reporter; the rest went to facilities. */
const toReporter = new Set(["relay_to_reporter", "reporter_reply"]);

/** Who reported and in what words: shown when somebody asks, for each look stands in the journal. */
export function Conversation({ one }: { one: Case }) {
  const [read, setRead] = useState<Read | null>(null);
  const [reason, setReason] = useState("");
  const look = useAction(async () => setRead(await load(one.code, reason)));
  return (
    <Panel id="words" title={t("hotline.words")}>
      <Suggested suggestions={one.suggestions} />
      {!read && (
        <>
          <p class="soft">{t("hotline.read.noted")}</p>
          <Field label={t("hotline.read.why")} optional maxLength={200} value={reason} onValue={setReason} autocomplete="off" />
        </>
      )}
      {look.error && <ErrorNotice error={look.error} />}
      <div class="row">
        <Button kind={read ? "plain" : "primary"} busy={look.busy} onClick={() => void look.run()}>
          {read ? t("hotline.read.again") : t("hotline.read")}
        </Button>
        {read && <Button onClick={() => setRead(null)}>{t("hotline.read.hide")}</Button>}
      </div>
      {read && <Shown read={read} suggestions={one.suggestions} />}
    </Panel>
  );
}

function Suggested({ suggestions }: { suggestions: readonly Suggestion[] }) {
  const names = [...new Set(suggestions.filter((one) => one.kind !== "place").map(nameOf))];
  if (names.length === 0) return null;
  return (
    <p>
      <span class="soft">{t("hotline.suggested")} </span>
      {names.join(", ")}
    </p>
  );
}

function Shown({ read, suggestions }: { read: Read; suggestions: readonly Suggestion[] }) {
  if (read.erased) return <p>{t("hotline.erased")}</p>;
  const texts = read.texts.map((one) => ({ ...one, key: `in.${one.id}`, kind: "in" as const }));
  const sent = read.sent.map((one) => ({ ...one, key: `out.${one.id}`, kind: "out" as const }));
  const all = [...texts, ...sent].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return (
    <div class="stack">
      <p>
        {t("hotline.reporter")}: <strong class="numeric">{read.reporter ? formatPhone(read.reporter) : "–"}</strong>
      </p>
      {read.note && (
        <div class="words">
          <div class="small soft">{t("hotline.note")}</div>
          <Marked text={read.note} places={suggestions.filter((one) => one.text === null)} />
        </div>
      )}
      <ol class="stack tight">
        {all.map((one) =>
          one.kind === "in" ? (
            <li key={one.key} class="words">
              <div class="small soft">
                {t("hotline.from.reporter")} · {formatWhen(one.at)} {one.incomplete && t("hotline.incomplete")}
              </div>
              <Marked text={one.text} places={suggestions.filter((suggestion) => suggestion.text === one.id)} />
            </li>
          ) : (
            <li key={one.key} class="words sent">
              <div class="small soft">
                {toReporter.has(one.purpose) ? t("hotline.to.reporter", { by: one.facility ?? t("hotline.desk") }) : t("hotline.to.facility", { to: one.facility ?? "–" })} · {formatWhen(one.at)}{" "}
                <Badge tone={one.state === "delivered" ? "good" : "plain"}>{tMaybe(`hotline.message.${one.state}`) ?? one.state}</Badge>
              </div>
              <Citizen text={one.text} />
            </li>
          ),
        )}
      </ol>
    </div>
  );
}

interface Span {
  from: number;
  to: number;
  why: ReadonlySet<string>;
}

/** Of places that overlap one is made. */
function spansOf(places: readonly Suggestion[]): Span[] {
  const spans: Span[] = [];
  for (const place of places.filter((one) => one.length > 0).sort((a, b) => a.from - b.from)) {
    const last = spans.at(-1);
    if (last && place.from < last.to) spans[spans.length - 1] = { from: last.from, to: Math.max(last.to, place.from + place.length), why: new Set([...last.why, nameOf(place)]) };
    else spans.push({ from: place.from, to: place.from + place.length, why: new Set([nameOf(place)]) });
  }
  return spans;
}

const nameOf = (one: Suggestion) => tMaybe(`hotline.suggestion.${one.kind}.${one.value}`) ?? one.value;

/** The words with those marked that led to a suggestion. Places count code points. */
function Marked({ text, places }: { text: string; places: readonly Suggestion[] }) {
  const spans = spansOf(places);
  if (spans.length === 0) return <Citizen text={text} />;
  const letters = [...text];
  const between = (from: number, to?: number) => letters.slice(from, to).join("");
  return (
    <bdi class="citizen" dir="auto">
      {spans.map((span, n) => (
        <>
          {between(spans[n - 1]?.to ?? 0, span.from)}
          <mark title={[...span.why].join(", ")}>{between(span.from, span.to)}</mark>
        </>
      ))}
      {between(spans.at(-1)?.to ?? 0)}
    </bdi>
  );
}
