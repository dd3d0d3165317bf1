import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { formatNumber, formatWhen } from "../i18n/format";
import { settings } from "../settings";
import { useStore } from "../store";
import { Table } from "./Table";
import "./chart.css";

export interface Series {
  label: string;
  /** As many as `x`; null where there is none. */
  values: readonly (number | null)[];
}

export interface ChartProps {
  title: string;
  /** Times (RFC 3339), or names of groups. */
  x: readonly string[];
  xIs: "time" | "name";
  xTitle: string;
  series: readonly Series[];
  /** Why a value is missing, such as a number too small to show. */
  missing?: string;
}

/** A chart for the eyes and, under it, its table for everybody. uPlot is loaded when the first chart is drawn. */
export function Chart({ title, x, xIs, xTitle, series, missing = "–" }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);
  const { theme, contrast } = useStore(settings);
  useEffect(() => {
    let end: (() => void) | undefined;
    let isGone = false;
    void import("./plot")
      .then(({ plot }) => {
        if (!isGone && place.current) end = plot(place.current, { x, xIs, series });
      })
      .catch(() => setFailed(true));
    return () => {
      isGone = true;
      end?.();
    };
  }, [x, series, xIs, theme, contrast]);

  const rows = x.map((name, at) => ({ name, at }));
  return (
    <figure class="chart stack tight">
      <figcaption>
        <strong>{title}</strong>
      </figcaption>
      {!failed && <div ref={place} aria-hidden="true" />}
      <details open={failed}>
        <summary>{t("ui.asTable")}</summary>
        <div class="scrolls">
          <Table
            caption={title}
            rows={rows}
            rowKey={(row) => String(row.at)}
            empty={t("ui.nothing")}
            columns={[
              { key: "x", title: xTitle, heads: true, cell: (row) => (xIs === "time" ? formatWhen(row.name) : row.name) },
              ...series.map((one, index) => ({
                key: String(index),
                title: one.label,
                numeric: true,
                cell: (row: { at: number }) => {
                  const value = one.values[row.at];
                  return value == null ? missing : formatNumber(value, 1);
                },
              })),
            ]}
          />
        </div>
      </details>
    </figure>
  );
}
