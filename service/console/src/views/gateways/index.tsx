import { useMemo } from "preact/hooks";
import { get, post, type Schemas } from "../../api/client";
import { may } from "../../api/session";
import { PageHead } from "../../app/PageHead";
import { t } from "../../i18n";
import { formatNumber } from "../../i18n/format";
import { Badge } from "../../ui/Badge";
import { Chart } from "../../ui/Chart";
import { ConfirmButton } from "../../ui/ConfirmButton";
import { Loaded } from "../../ui/Loaded";
import { Notice, type Tone } from "../../ui/Notice";
import { useQuery } from "../../ui/useQuery";

type Gateway = Schemas["Gateway"];
interface Minute {
  at: string;
  parts: number;
  delivered: number;
  refused: number;
  throttled: number;
  failed: number;
  receipt_delay_ms: number | null;
}
const tones: Record<Gateway["state"], Tone> = { up: "good", connecting: "high", down: "critical", refused: "critical" };
/** No event tells of gateways. */
const everyMs = 10_000;

export default function Gateways() {
  const gateways = useQuery(async (signal) => (await get("/api/v1/gateways", { query: { limit: 100 }, signal })).items, [], { every_ms: everyMs });
  return (
    <>
      <PageHead title={t("nav.gateways")} />
      <Loaded of={gateways}>
        {(items) => (
          <div class="stack wide">
            {items.map((one) => (
              <One key={one.name} one={one} reload={gateways.reload} />
            ))}
          </div>
        )}
      </Loaded>
    </>
  );
}

function One({ one, reload }: { one: Gateway; reload: () => void }) {
  return (
    <section class="panel stack" aria-label={one.name}>
      <div class="row apart">
        <h2>{one.name}</h2>
        <span class="row">
          {one.paused && <Badge tone="high">{t("gateway.paused")}</Badge>}
          <Badge tone={tones[one.state]}>{t(`gatewayState.${one.state}`)}</Badge>
        </span>
      </div>
      {one.reason && (
        <Notice tone="critical" title={t("gateways.reason")}>
          <p lang="en">{one.reason}</p>
        </Notice>
      )}
      <p>
        {one.current_rate !== undefined && one.rate !== undefined && t("gateways.rate", { now: formatNumber(one.current_rate, 1), limit: formatNumber(one.rate) })}{" "}
        {one.in_flight !== undefined && t("gateways.inFlight", { n: one.in_flight })} {one.submitted !== undefined && t("gateways.submitted", { n: one.submitted })}
      </p>
      {may("pauseGateway") && (
        <div>
          {one.paused ? (
            <ConfirmButton
              kind="primary"
              label={t("gateways.resume")}
              title={t("gateways.resume.ask", { name: one.name })}
              confirm={t("gateways.resume")}
              action={async () => {
                await post("/api/v1/gateways/{name}/resume", { path: { name: one.name } });
                reload();
              }}
              done={t("gateways.resume.done")}
            />
          ) : (
            <ConfirmButton
              kind="danger"
              label={t("gateways.pause")}
              title={t("gateways.pause.ask", { name: one.name })}
              confirm={t("gateways.pause")}
              action={async () => {
                await post("/api/v1/gateways/{name}/pause", { path: { name: one.name } });
                reload();
              }}
              done={t("gateways.pause.done")}
            >
              <p>{t("gateways.pause.what")}</p>
            </ConfirmButton>
          )}
        </div>
      )}
      {may("showThroughput") && <Throughput name={one.name} />}
    </section>
  );
}

/** The last hour by minutes, as a picture and as a table. */
function Throughput({ name }: { name: string }) {
  const throughput = useQuery((signal) => get("/api/v1/gateways/{name}/throughput", { path: { name }, signal }), [name], { every_ms: everyMs });
  return <Loaded of={throughput}>{({ minutes }) => <Minutes name={name} minutes={minutes} />}</Loaded>;
}

function Minutes({ name, minutes }: { name: string; minutes: readonly Minute[] }) {
  const x = useMemo(() => minutes.map((minute) => minute.at), [minutes]);
  const series = useMemo(
    () => [
      { label: t("gateways.parts"), values: minutes.map((minute) => minute.parts) },
      { label: t("gateways.delivered"), values: minutes.map((minute) => minute.delivered) },
      { label: t("gateways.errors"), values: minutes.map((minute) => minute.refused + minute.throttled + minute.failed) },
      { label: t("gateways.delay"), values: minutes.map((minute) => (minute.receipt_delay_ms === null ? null : minute.receipt_delay_ms / 1000)) },
    ],
    [minutes],
  );
  return <Chart title={t("gateways.minutes", { name })} x={x} xIs="time" xTitle={t("gateways.at")} series={series} />;
}
