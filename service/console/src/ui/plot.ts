import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { serviceZone } from "../api/session";
import { formatNumber } from "../i18n/format";
import type { Series } from "./Chart";

const heightPx = 240;
/** Told apart by dashes too, not by colour alone. */
const looks = [
  { colour: "--accent", dash: [] },
  { colour: "--high", dash: [8, 4] },
  { colour: "--good", dash: [2, 3] },
  { colour: "--critical", dash: [10, 3, 2, 3] },
  { colour: "--ink-soft", dash: [4, 4] },
];

/** Draws into `place`, as wide as it is. Returns what takes the drawing away. */
export function plot(place: HTMLElement, { x, xIs, series }: { x: readonly string[]; xIs: "time" | "name"; series: readonly Series[] }): () => void {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const font = `12px ${colour("--sans")}`;
  const axis = { stroke: colour("--ink-soft"), font, grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line") } };
  const names = (_: uPlot, splits: number[]) => splits.map((at) => (Number.isInteger(at) ? (x[at] ?? "") : ""));
  const bars = xIs === "name" ? { paths: uPlot.paths.bars?.({ size: [0.6, 60] }) } : {};
  const drawing = new uPlot(
    {
      width: Math.max(place.clientWidth, 200),
      height: heightPx,
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), serviceZone.get()),
      scales: { x: { time: xIs === "time", ...(xIs === "name" ? { range: () => [-0.6, x.length - 0.4] as [number, number] } : {}) }, y: { range: (_, __, most) => [0, Math.max(1, most * 1.1)] } },
      axes: [
        { ...axis, ...(xIs === "name" ? { values: names, incrs: [1, 2, 5, 10, 20, 50] } : {}) },
        { ...axis, size: 60, values: (_, splits) => splits.map((value) => formatNumber(value, 1)) },
      ],
      series: [
        xIs === "name" ? { value: (_: uPlot, at: number | null) => (at === null ? "" : (x[at] ?? "")) } : {},
        ...series.map((one, index) => {
          const look = looks[index % looks.length];
          return { label: one.label, stroke: colour(look?.colour ?? "--ink"), fill: xIs === "name" ? `${colour(look?.colour ?? "--ink")}44` : "", width: 2, dash: look?.dash ?? [], ...bars } as uPlot.Series;
        }),
      ],
    },
    [x.map((one, at) => (xIs === "time" ? new Date(one).getTime() / 1000 : at)), ...series.map((one) => [...one.values])],
    place,
  );
  const observer = new ResizeObserver(() => drawing.setSize({ width: Math.max(place.clientWidth, 200), height: heightPx }));
  observer.observe(place);
  return () => {
    observer.disconnect();
    drawing.destroy();
  };
}
