import { useMemo } from "react";
import type { RunView, StepView } from "../../../engine/run/view.ts";
import { useTranslation } from "../../i18n/index.ts";
import { cn, familyColor, NodeChip } from "../../ui/index.ts";
import { hasEnded } from "../create-run-store.ts";
import { formatDuration } from "../format.ts";
import { runSpan, stepBar, stepDuration, timelineRows, type Span, type TimelineRow } from "./rows.ts";
import { useInnerName, useNodeLook, type NodeLook } from "./step-name.ts";
import { useNow } from "./use-now.ts";

export interface TimelineProps {
  view: RunView;
  selected: string | null;
  onSelect: (path: string) => void;
}

/** The run as a waterfall, live. Rows are buttons: each opens the step's details. */
export function Timeline({ view, selected, onSelect }: TimelineProps) {
  const { t } = useTranslation("run");
  const now = useNow(!hasEnded(view));
  const look = useNodeLook();
  const rows = useMemo(() => timelineRows(view), [view]);
  const span = runSpan(view, now);
  return (
    <ol aria-label={t("timeline.label")} className="py-1.5">
      {rows.map((row) => (
        <TimelineLine
          key={row.step.path}
          row={row}
          look={look(row.step.node)}
          span={span}
          now={now}
          selected={selected === row.step.path}
          onSelect={onSelect}
        />
      ))}
    </ol>
  );
}

interface TimelineLineProps {
  row: TimelineRow;
  look: NodeLook;
  span: Span;
  now: number;
  selected: boolean;
  onSelect: (path: string) => void;
}

function TimelineLine({ row, look, span, now, selected, onSelect }: TimelineLineProps) {
  const { step, depth, inner } = row;
  const innerName = useInnerName();
  const busy = step.state === "running" || step.state === "retrying";
  return (
    <li className="px-2">
      <button
        type="button"
        aria-pressed={selected}
        onClick={() => onSelect(step.path)}
        className={cn(
          "grid h-6.5 w-full grid-cols-[minmax(120px,200px)_minmax(60px,1fr)_minmax(96px,auto)] items-center gap-3 rounded-control px-1.5 text-left text-12 transition-colors",
          selected ? "bg-accent-soft" : "hover:bg-hover",
          step.state === "skipped" && "opacity-60",
        )}
      >
        <span
          className={cn("flex min-w-0 items-center gap-2", depth > 0 && "pl-6 text-ink-2", busy && "font-semibold")}
        >
          {depth === 0 && <NodeChip family={look.family} icon={look.icon} size="xs" />}
          <span className="truncate">{inner ? innerName(step, inner) : look.title}</span>
        </span>
        <BarTrack step={step} span={span} color={familyColor(step.tool ? "tools" : inner ? "models" : look.family)} />
        <Figures step={step} now={now} />
      </button>
    </li>
  );
}

const percent = (fraction: number): string => `${(fraction * 100).toFixed(2)}%`;

function BarTrack({ step, span, color }: { step: StepView; span: Span; color: string }) {
  const { wait, work } = stepBar(step, span);
  const busy = step.state === "running" || step.state === "retrying";
  const place = (piece: { left: number; width: number }) => ({
    left: percent(piece.left),
    width: percent(piece.width),
  });
  return (
    <span aria-hidden className="relative h-2.25">
      {wait && <i className="absolute h-full rounded-[3px] opacity-25" style={{ ...place(wait), background: color }} />}
      {work && (
        <i
          className={cn("absolute h-full min-w-0.75 rounded-[3px]", busy ? "opacity-45" : "opacity-90")}
          style={{ ...place(work), background: step.state === "failed" ? "var(--bad)" : color }}
        />
      )}
    </span>
  );
}

function Figures({ step, now }: { step: StepView; now: number }) {
  const { t } = useTranslation("run");
  const duration = stepDuration(step, now);
  const tokens = step.usage ? step.usage.inputTokens + step.usage.outputTokens : 0;
  const words = [
    duration !== undefined && formatDuration(duration),
    tokens > 0 && t("tokensShort", { count: tokens }),
    step.state !== "completed" && t(`step.${step.state}`),
  ].filter(Boolean);
  const hue = step.state === "failed" ? "text-bad" : step.state === "running" ? "text-accent" : "text-ink-3";
  return <span className={cn("text-right whitespace-nowrap tabular-nums", hue)}>{words.join(" · ")}</span>;
}
