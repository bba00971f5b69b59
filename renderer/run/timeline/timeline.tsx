import { useMemo, useRef, type KeyboardEvent } from "react";
import type { RunView } from "../../../engine/run/view.ts";
import { useTranslation } from "../../i18n/index.ts";
import { hasEnded } from "../create-run-store.ts";
import { runSpan, timelineRows, type TimelineRow } from "./rows.ts";
import { TimelineLine } from "./timeline-line.tsx";
import { useNow } from "./use-now.ts";
import { useUnfolding } from "./use-unfolding.ts";
import { useWindow } from "./use-window.ts";

export interface TimelineProps {
  view: RunView;
  selected: string | null;
  onSelect: (path: string) => void;
}

const ROW_HEIGHT = 26;
/** Above the first row and under the last. */
const PADDING = 6;

/** The run as a waterfall, live. Each line opens the step's details; arrows go through the lines and fold them. */
export function Timeline({ view, selected, onSelect }: TimelineProps) {
  const { t } = useTranslation("run");
  const now = useNow(!hasEnded(view), view.state === "waiting" ? 1000 : 100);
  const { unfolding, toggle, listMore } = useUnfolding(view.runId);
  const { steps, order, rounds } = view;
  const rows = useMemo(() => timelineRows({ steps, order, rounds }, unfolding), [steps, order, rounds, unfolding]);
  const scroller = useRef<HTMLDivElement>(null);
  const { first, end } = useWindow(scroller, ROW_HEIGHT, rows.length);
  const span = runSpan(view, now);

  function focusRow(index: number) {
    if (index < 0 || index >= rows.length) return;
    // Rows just out of sight are drawn too: the next one is always there, and focusing scrolls to it.
    scroller.current?.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus();
  }

  function walk(event: KeyboardEvent) {
    const index = Number((event.target as HTMLElement).dataset["row"] ?? -1);
    const row = rows[index];
    if (!row) return;
    const handled = walkFrom({ key: event.key, row, index, toggle: () => toggle(row.path), focusRow });
    if (handled) event.preventDefault();
  }

  return (
    <div ref={scroller} className="h-full overflow-y-auto">
      <ol
        aria-label={t("timeline.label")}
        className="relative"
        style={{ height: rows.length * ROW_HEIGHT + 2 * PADDING }}
        onKeyDown={walk}
      >
        {rows.slice(first, end).map((row, at) => {
          const index = first + at;
          return (
            <li
              key={row.path}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 px-2"
              style={{ top: PADDING + index * ROW_HEIGHT, height: ROW_HEIGHT }}
            >
              <TimelineLine
                row={row}
                index={index}
                span={span}
                now={now}
                selected={selected === row.path}
                onSelect={onSelect}
                onToggle={toggle}
                onMore={listMore}
              />
            </li>
          );
        })}
      </ol>
    </div>
  );
}

interface Walk {
  key: string;
  row: TimelineRow;
  index: number;
  toggle: () => void;
  focusRow: (index: number) => void;
}

/** Up and down go through the lines, right opens one, left closes it. */
function walkFrom({ key, row, index, toggle, focusRow }: Walk): boolean {
  const open = row.kind === "hidden" ? undefined : row.open;
  if (key === "ArrowDown") focusRow(index + 1);
  else if (key === "ArrowUp") focusRow(index - 1);
  else if (key === "ArrowRight" && open === false) toggle();
  else if (key === "ArrowLeft" && open === true) toggle();
  else return false;
  return true;
}
