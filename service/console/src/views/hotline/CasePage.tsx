import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { get, type Schemas } from "../../api/client";
import { onChange } from "../../api/events";
import { PageHead } from "../../app/PageHead";
import { href } from "../../app/router";
import { t, tMaybe } from "../../i18n";
import { formatPhone, formatWhen } from "../../i18n/format";
import { Badge } from "../../ui/Badge";
import { Button, ButtonLink } from "../../ui/Button";
import { Clock } from "../../ui/Clock";
import { Loaded } from "../../ui/Loaded";
import { Notice } from "../../ui/Notice";
import { Table } from "../../ui/Table";
import { useQuery } from "../../ui/useQuery";
import { urgencyTones } from "../today/Cases";
import { Conversation } from "./Conversation";
import { Deeds } from "./Deeds";
import { SafeContact } from "./SafeContact";
import { useCriticalAlert } from "./useCriticalAlert";
import { Write } from "./Write";

type Case = Schemas["Case"];

/** A case. Each look at it is noted, so it is loaded when it is opened and when somebody asks, not with each event. */
export function CasePage({ code }: { code: string }) {
  const loaded = useQuery((signal) => get("/api/v1/cases/{code}", { path: { code }, signal }), [code]);
  const hasNews = useNews(loaded.data);
  useCriticalAlert();
  return (
    <>
      <PageHead title={t("hotline.case", { code })} windowTitle={t("hotline.window")}>
        <ButtonLink href={href("hotline")}>{t("hotline.toQueue")}</ButtonLink>
      </PageHead>
      <div class="stack wide">
        {hasNews && (
          <Notice tone="high" title={t("hotline.news")} alert>
            <Button onClick={loaded.reload}>{t("hotline.news.load")}</Button>
          </Notice>
        )}
        <Loaded of={loaded}>{(one) => <Whole one={one} reload={loaded.reload} />}</Loaded>
      </div>
    </>
  );
}

/** Whether the queue tells of something that this page does not show yet. */
function useNews(one: Case | undefined): boolean {
  const [hasNews, setHasNews] = useState(false);
  useEffect(() => {
    setHasNews(false);
    if (!one) return undefined;
    const end = new AbortController();
    const forget = onChange(["case", "inbound"], () => {
      void (async () => {
        try {
          const { items } = await get("/api/v1/cases", { query: { state: one.state, limit: 1000 }, signal: end.signal });
          const now = items.find((other) => other.code === one.code);
          if (!now || now.heard_at !== one.heard_at || now.due_at !== one.due_at || now.owner !== one.owner || now.urgency !== one.urgency || now.thread !== one.thread) setHasNews(true);
        } catch {
          // the shell tells of a lost line
        }
      })();
    });
    return () => {
      end.abort();
      forget();
    };
  }, [one]);
  return hasNews;
}

function Whole({ one, reload }: { one: Case; reload: () => void }) {
  return (
    <>
      <Facts one={one} />
      {one.state !== "closed" && <Deeds one={one} done={reload} />}
      <div class="case">
        <div class="stack wide">
          <Conversation one={one} />
          {one.state !== "closed" && one.reporter && <Write code={one.code} done={reload} />}
        </div>
        <div class="stack wide">
          {one.reporter && <SafeContact code={one.code} />}
          <Panel id="referrals" title={t("hotline.referrals")}>
            <Table
              caption={t("hotline.referrals")}
              rows={one.referrals}
              rowKey={(row) => `${row.track}.${row.step}`}
              empty={t("ui.nothing")}
              columns={[
                { key: "facility", title: t("hotline.facility"), heads: true, cell: (row) => row.facility },
                { key: "state", title: t("hotline.referral.state"), cell: (row) => <Badge tone={row.state === "accepted" ? "good" : row.state === "alerted" ? "high" : "plain"}>{t(`hotline.referral.${row.state}`)}</Badge> },
                { key: "at", title: t("hotline.at"), cell: (row) => (row.alerted_at ? formatWhen(row.alerted_at) : "–") },
              ]}
            />
          </Panel>
          <Panel id="timeline" title={t("hotline.timeline")}>
            <ol class="stack tight">
              {[...one.timeline].reverse().map((event, at) => (
                <li key={at}>
                  <time dateTime={event.at} class="soft numeric">
                    {formatWhen(event.at)}
                  </time>{" "}
                  {tMaybe(`hotline.event.${event.kind}`) ?? event.kind}
                  {event.facility && `: ${event.facility}`} {event.detail && <bdi class="soft">{tMaybe(`urgency.${event.detail}`) ?? event.detail}</bdi>}
                </li>
              ))}
            </ol>
          </Panel>
        </div>
      </div>
    </>
  );
}

function Facts({ one }: { one: Case }) {
  const needs = one.services.map((name) => tMaybe(`service.${name}`) ?? name).join(", ");
  return (
    <section class="panel" aria-label={t("hotline.facts")}>
      <dl class="facts">
        <Fact title={t("case.urgency")}>
          <Badge tone={urgencyTones[one.urgency]}>{t(`urgency.${one.urgency}`)}</Badge> {t(`hotline.state.${one.state}`)}
        </Fact>
        <Fact title={t("case.place")}>{one.unit_name ?? t("case.place.unknown")}</Fact>
        <Fact title={t("case.services")}>{needs || "–"}</Fact>
        <Fact title={one.owner ? t("case.owner") : t("hotline.asked")}>{one.owner ?? (one.asked.join(", ") || "–")}</Fact>
        {one.due_at && (
          <Fact title={one.owner ? t("case.lease") : t("case.due")}>
            <Clock until={one.due_at} />
          </Fact>
        )}
        <Fact title={t("hotline.reporter")}>
          {one.reporter ? formatPhone(one.reporter) : "–"}
          {one.language && `, ${tMaybe(`hotline.language.${one.language}`) ?? one.language}`}
        </Fact>
        <Fact title={t("hotline.thread")}>
          <Badge tone={one.thread === "duress" ? "critical" : one.thread === "open" ? "plain" : "high"}>{t(`hotline.thread.${one.thread}`)}</Badge>
          {one.waits_for_call && <Badge tone="high">{t("hotline.waitsForCall")}</Badge>}
        </Fact>
        <Fact title={t("case.opened")}>{formatWhen(one.opened_at)}</Fact>
        {one.clocks
          .filter((clock) => clock.state !== "met" && clock.state !== "ended")
          .map((clock) => (
            <Fact key={clock.clock} title={t(`hotline.clock.${clock.clock}`)}>
              <Clock until={clock.limit_at} soonMs={3_600_000} />
            </Fact>
          ))}
      </dl>
    </section>
  );
}

function Fact({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function Panel({ id, title, children }: { id: string; title: string; children: ComponentChildren }) {
  return (
    <section class="panel stack" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
