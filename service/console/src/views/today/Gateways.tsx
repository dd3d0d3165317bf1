import type { Schemas } from "../../api/client";
import { t } from "../../i18n";
import { formatNumber } from "../../i18n/format";
import { Badge } from "../../ui/Badge";
import type { Tone } from "../../ui/Notice";

type Gateway = Schemas["Gateway"];
const tones: Record<Gateway["state"], Tone> = { up: "good", connecting: "high", down: "critical", refused: "critical" };

export function Gateways({ gateways }: { gateways: readonly Gateway[] }) {
  return (
    <section class="panel stack" aria-labelledby="gateways">
      <h2 id="gateways">{t("today.gateways")}</h2>
      <ul class="stack tight">
        {gateways.map((one) => (
          <li key={one.name} class="row apart">
            <span>
              {one.name}
              {one.current_rate !== undefined && <span class="soft small"> {t("today.gateways.rate", { n: formatNumber(one.current_rate, 1) })}</span>}
            </span>
            <span class="row">
              {one.paused && <Badge tone="high">{t("gateway.paused")}</Badge>}
              <Badge tone={tones[one.state]}>{t(`gatewayState.${one.state}`)}</Badge>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
