import { useEffect, useRef, useState } from "preact/hooks";
import { get, type Schemas } from "../../api/client";
import { PageHead } from "../../app/PageHead";
import { go, href } from "../../app/router";
import { t, tMaybe } from "../../i18n";
import { Badge } from "../../ui/Badge";
import { Button, ButtonLink } from "../../ui/Button";
import { Ago, Clock } from "../../ui/Clock";
import { Field } from "../../ui/Field";
import { Loaded } from "../../ui/Loaded";
import { Table } from "../../ui/Table";
import { Tabs } from "../../ui/Tabs";
import { usePages } from "../../ui/useQuery";
import { urgencyTones } from "../today/Cases";
import { useCriticalAlert } from "./useCriticalAlert";

type Case = Schemas["CaseSummary"];
type State = Case["state"];
const states: readonly State[] = ["open", "accepted", "closed"];
const pageRows = 100;

/** The queue: who waits for help, the most urgent first. Only the list is asked for: looks at cases are noted, and this is none. */
export function Desk() {
  const [state, setState] = useState<State>("open");
  const cases = usePages((cursor, signal) => get("/api/v1/cases", { query: { state, limit: pageRows, ...(cursor ? { cursor } : {}) }, signal }), [state], { topics: ["case"] });
  useCriticalAlert();
  return (
    <>
      <PageHead title={t("nav.hotline")} windowTitle={t("hotline.window")}>
        <ByCode />
        <ButtonLink kind="primary" href={href("hotline", "new")}>
          {t("hotline.new")}
        </ButtonLink>
      </PageHead>
      <Tabs label={t("hotline.states")} tabs={states.map((value) => ({ value, label: t(`hotline.state.${value}`) }))} value={state} onValue={setState}>
        <Loaded of={cases}>{(rows) => <Queue cases={rows} state={state} />}</Loaded>
        {cases.hasMore && (
          <Button busy={cases.loading} onClick={cases.more}>
            {t("hotline.more")}
          </Button>
        )}
      </Tabs>
    </>
  );
}

function Queue({ cases, state }: { cases: readonly Case[]; state: State }) {
  const list = useRef<HTMLDivElement>(null);
  useRowKeys(list);
  return (
    <div ref={list} class="stack tight">
      <Table
        caption={t(`hotline.state.${state}`)}
        rows={cases}
        rowKey={(one) => one.code}
        empty={t("hotline.none")}
        columns={[
          { key: "code", title: t("case.code"), heads: true, cell: (one) => <a class="numeric" data-row href={href("hotline", one.code)}>{one.code}</a> },
          { key: "urgency", title: t("case.urgency"), cell: (one) => <Badge tone={urgencyTones[one.urgency]}>{t(`urgency.${one.urgency}`)}</Badge> },
          { key: "place", title: t("case.place"), cell: (one) => one.unit_name ?? <span class="soft">{t("case.place.unknown")}</span> },
          { key: "services", title: t("case.services"), cell: (one) => one.services.map((name) => tMaybe(`service.${name}`) ?? name).join(", ") || "–" },
          { key: "with", title: state === "open" ? t("hotline.asked") : t("case.owner"), cell: (one) => one.owner ?? (one.asked.join(", ") || "–") },
          { key: "heard", title: t("hotline.heard"), cell: (one) => <Ago at={one.heard_at ?? one.opened_at} /> },
          ...(state === "closed" ? [] : [{ key: "due", title: state === "open" ? t("case.due") : t("case.lease"), cell: (one: Case) => (one.due_at ? <Clock until={one.due_at} /> : "–") }]),
          { key: "notes", title: t("hotline.notes"), cell: (one) => <Notes one={one} /> },
        ]}
      />
      {cases.length > 0 && <p class="soft small">{t("hotline.keys")}</p>}
    </div>
  );
}

/** What must be known before a case is opened. */
function Notes({ one }: { one: Case }) {
  return (
    <span class="row">
      {one.waits_for_call && <Badge tone="high">{t("hotline.waitsForCall")}</Badge>}
      {one.thread !== "open" && <Badge tone={one.thread === "duress" ? "critical" : "plain"}>{t(`hotline.thread.${one.thread}`)}</Badge>}
      {one.limit_at && <Clock until={one.limit_at} soonMs={3_600_000} />}
      {!one.waits_for_call && one.thread === "open" && !one.limit_at && "–"}
    </span>
  );
}

function ByCode() {
  const [code, setCode] = useState("");
  return (
    <form
      class="row by-code"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        if (/^\d{6}$/.test(code.trim())) go(href("hotline", code.trim()), "push");
      }}
    >
      <Field label={t("hotline.byCode")} value={code} onValue={setCode} inputMode="numeric" maxLength={6} pattern="[0-9]{6}" autocomplete="off" />
      <Button type="submit">{t("hotline.open")}</Button>
    </form>
  );
}

/** j and k go down and up the rows, as the arrows do within them; Enter opens, for the rows are links. */
function useRowKeys(list: { current: HTMLElement | null }) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const at = event.target instanceof HTMLElement ? event.target : null;
      if (event.ctrlKey || event.altKey || event.metaKey || at?.closest("input, textarea, select, dialog")) return;
      const isRow = at?.matches("[data-row]") ?? false;
      const step = event.key === "j" || (isRow && event.key === "ArrowDown") ? 1 : event.key === "k" || (isRow && event.key === "ArrowUp") ? -1 : 0;
      if (step === 0) return;
      const rows = [...(list.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
      const now = rows.indexOf(at as HTMLElement);
      const next = rows[now < 0 ? 0 : now + step];
      if (!next) return;
      event.preventDefault();
      next.focus();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
