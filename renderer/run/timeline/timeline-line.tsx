import { ChevronDown, ChevronRight, History, LifeBuoy, Pin, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import type { StepState, StepView } from "../../../engine/run/view.ts";
import { useTranslation } from "../../i18n/index.ts";
import { cn, familyColor, NodeChip } from "../../ui/index.ts";
import { formatDuration, formatSpan } from "../format.ts";
import { useRecoveryRole } from "./recovery.ts";
import { stepBar, stepDuration, type Span, type Timed, type TimelineRow } from "./rows.ts";
import { MODEL_CALL } from "./inner-name.ts";
import { useInnerName, useNodeLook } from "./step-name.ts";

export interface TimelineLineProps {
  row: TimelineRow;
  index: number;
  span: Span;
  now: number;
  selected: boolean;
  onSelect: (path: string) => void;
  onToggle: (path: string) => void;
  onMore: (container: string) => void;
}

/** px that each level stands further in */
const INDENT = 16;

export function TimelineLine(props: TimelineLineProps) {
  const { row } = props;
  switch (row.kind) {
    case "step":
      return <StepLine {...props} row={row} />;
    case "round":
      return <RoundLine {...props} row={row} />;
    case "hidden":
      return <HiddenLine {...props} row={row} />;
  }
}

type LineOf<Kind extends TimelineRow["kind"]> = TimelineLineProps & { row: Extract<TimelineRow, { kind: Kind }> };

function StepLine({ row, index, span, now, selected, onSelect, onToggle }: LineOf<"step">) {
  const { step, inner, path } = row;
  const timed = { ...step, state: row.state };
  const look = useNodeLook()(step.node);
  const innerName = useInnerName();
  const busy = row.state === "running" || row.state === "retrying";
  const hue = familyColor(step.tool ? "tools" : inner && MODEL_CALL.test(inner) ? "models" : look.family);
  return (
    <Line row={row} open={row.open} onToggle={() => onToggle(path)} name={inner ? innerName(step, inner) : look.title}>
      <button
        type="button"
        data-row={index}
        aria-pressed={selected}
        onClick={() => onSelect(path)}
        className={cn(GRID, selected ? "bg-accent-soft" : "hover:bg-hover", step.state === "skipped" && "opacity-60")}
      >
        <Name depth={row.depth}>
          {!inner && <NodeChip family={look.family} icon={look.icon} size="xs" />}
          <span className={cn("truncate", inner && "text-ink-2", busy && "font-semibold")}>
            {inner ? innerName(step, inner) : look.title}
          </span>
          <Marks step={step} />
        </Name>
        <BarTrack timed={timed} span={span} color={hue} />
        <Figures timed={timed} step={step} now={now} />
      </button>
    </Line>
  );
}

function RoundLine({ row, index, span, now, onToggle }: LineOf<"round">) {
  const { t } = useTranslation("run");
  const { round, path } = row;
  const name = t("timeline.round", { n: round.index + 1 });
  return (
    <Line row={row} open={row.open} onToggle={() => onToggle(path)} name={name}>
      <button type="button" data-row={index} onClick={() => onToggle(path)} className={cn(GRID, "hover:bg-hover")}>
        <Name depth={row.depth}>
          <span className="truncate text-ink-2 tabular-nums">{name}</span>
        </Name>
        <BarTrack timed={round} span={span} color="var(--family-logic)" />
        <Figures timed={round} now={now} />
      </button>
    </Line>
  );
}

function HiddenLine({ row, index, onMore }: LineOf<"hidden">) {
  const { t } = useTranslation("run");
  const indent = { paddingLeft: row.depth * INDENT + 26 };
  if (row.gone) {
    return (
      <p className="flex h-full items-center text-12 text-ink-3" style={indent}>
        {t("timeline.gone", { count: row.count })}
      </p>
    );
  }
  return (
    <button
      type="button"
      data-row={index}
      style={indent}
      className="flex h-full w-full items-center rounded-control text-left text-12 text-accent hover:bg-hover"
      onClick={() => onMore(row.container)}
    >
      {t("timeline.more", { count: row.count })}
    </button>
  );
}

const GRID =
  "grid h-full min-w-0 flex-1 grid-cols-[minmax(120px,240px)_minmax(60px,1fr)_minmax(96px,auto)] items-center gap-3 rounded-control pr-1.5 text-left text-12 transition-colors";

interface LineFrameProps {
  row: TimelineRow;
  open: boolean | undefined;
  name: string;
  onToggle: () => void;
  children: ReactNode;
}

/** A line with its fold at the left. The arrow is for the mouse: the keyboard folds with left and right. */
function Line({ row, open, name, onToggle, children }: LineFrameProps) {
  const { t } = useTranslation("run");
  const Arrow = open ? ChevronDown : ChevronRight;
  return (
    <div className="relative flex h-full items-center">
      {children}
      {open !== undefined && (
        <button
          type="button"
          tabIndex={-1}
          aria-expanded={open}
          aria-label={t(open ? "timeline.close" : "timeline.open", { name })}
          onClick={onToggle}
          className="absolute grid size-5 place-items-center rounded-small text-ink-3 hover:bg-line hover:text-ink"
          style={{ left: row.depth * INDENT + 2 }}
        >
          <Arrow size={13} aria-hidden />
        </button>
      )}
    </div>
  );
}

function Name({ depth, children }: { depth: number; children: ReactNode }) {
  return (
    <span className="flex min-w-0 items-center gap-2" style={{ paddingLeft: depth * INDENT + 26 }}>
      {children}
    </span>
  );
}

/** Why a step has a result without having run, and that it undoes or handles a failure. */
function Marks({ step }: { step: StepView }) {
  const { t } = useTranslation("run");
  const role = useRecoveryRole()(step);
  return (
    <>
      {step.given === "pinned" && (
        <Pin size={12} role="img" aria-label={t("step.pinned")} className="shrink-0 text-warn" />
      )}
      {step.given === "recorded" && (
        <History size={12} role="img" aria-label={t("step.recorded")} className="shrink-0 text-info" />
      )}
      {role === "undoes" && <Undo2 size={12} role="img" aria-label={t("step.undoes")} className="shrink-0 text-warn" />}
      {role === "handles" && (
        <LifeBuoy size={12} role="img" aria-label={t("step.handles")} className="shrink-0 text-bad" />
      )}
    </>
  );
}

const percent = (fraction: number): string => `${(fraction * 100).toFixed(2)}%`;

const BAR_LOOKS: Partial<Record<StepState, string>> = {
  running: "opacity-45",
  retrying: "opacity-45",
  waiting: "opacity-30",
};

function BarTrack({ timed, span, color }: { timed: Timed; span: Span; color: string }) {
  const { wait, work } = stepBar(timed, span);
  const place = (piece: { left: number; width: number }) => ({
    left: percent(piece.left),
    width: percent(piece.width),
  });
  return (
    <span aria-hidden className="relative h-2.25">
      {wait && <i className="absolute h-full rounded-[3px] opacity-25" style={{ ...place(wait), background: color }} />}
      {work && (
        <i
          className={cn("absolute h-full min-w-0.75 rounded-[3px]", BAR_LOOKS[timed.state] ?? "opacity-90")}
          style={{ ...place(work), background: timed.state === "failed" ? "var(--bad)" : color }}
        />
      )}
    </span>
  );
}

const HUES: Partial<Record<StepState, string>> = {
  failed: "text-bad",
  running: "text-accent",
  waiting: "text-warn",
  retrying: "text-warn",
};

function Figures({ timed, step, now }: { timed: Timed; step?: StepView; now: number }) {
  const { t } = useTranslation("run");
  const duration = stepDuration(timed, now);
  const tokens = step?.usage ? step.usage.inputTokens + step.usage.outputTokens : 0;
  const retryIn = step?.willRetryAt !== undefined && step.state === "retrying" ? step.willRetryAt - now : undefined;
  const words = [
    duration !== undefined && formatDuration(duration),
    tokens > 0 && t("tokensShort", { count: tokens }),
    retryIn !== undefined && retryIn > 0
      ? t("step.retryAt", { duration: formatSpan(retryIn + 999) })
      : timed.state !== "completed" && t(`step.${timed.state}`),
  ].filter(Boolean);
  return (
    <span className={cn("text-right whitespace-nowrap tabular-nums", HUES[timed.state] ?? "text-ink-3")}>
      {words.join(" · ")}
    </span>
  );
}
