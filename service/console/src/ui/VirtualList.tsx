import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import "./list.css";

const overscanRows = 8;

/**
 * A list of any length of which only what is seen is drawn. All rows have one height. Arrow keys, Page, Home and End scroll it;
 * links and buttons in the rows are reached with Tab. `onEnd` is called when the last row comes into sight.
 */
export function VirtualList<T>({ label, items, rowHeightPx, heightPx = 560, itemKey, render, onEnd }: { label: string; items: readonly T[]; rowHeightPx: number; heightPx?: number; itemKey: (item: T) => string; render: (item: T) => ComponentChildren; onEnd?: () => void }) {
  const frame = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(heightPx);
  const first = Math.max(0, Math.floor(top / rowHeightPx) - overscanRows);
  const last = Math.min(items.length, Math.ceil((top + height) / rowHeightPx) + overscanRows);
  const seesEnd = last >= items.length;

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (seesEnd && items.length > 0) onEnd?.();
  }, [seesEnd, items.length]);

  return (
    <div ref={frame} class="virtual" style={{ maxHeight: `${heightPx}px` }} role="region" aria-label={label} tabIndex={0} onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
      <div role="list" style={{ height: `${items.length * rowHeightPx}px` }}>
        {items.slice(first, last).map((item, at) => (
          <div key={itemKey(item)} role="listitem" aria-setsize={items.length} aria-posinset={first + at + 1} style={{ top: `${(first + at) * rowHeightPx}px`, height: `${rowHeightPx}px` }}>
            {render(item)}
          </div>
        ))}
      </div>
    </div>
  );
}
