import type { RunView, StepView } from "../../../engine/run/view.ts";

/** One line of the waterfall. */
export interface TimelineRow {
  step: StepView;
  /** 0 for a node, 1 for a step inside it. */
  depth: number;
  /** The part of the path that names an inner step: `model 1`. */
  inner?: string;
}

/** The steps in the order they became ready, inner steps under their node. */
export function timelineRows(view: Pick<RunView, "steps" | "order">): TimelineRow[] {
  const inner = new Map<string, TimelineRow[]>();
  const outer: TimelineRow[] = [];
  for (const path of view.order) {
    const step = view.steps[path];
    if (!step) continue;
    const cut = path.indexOf("/");
    if (cut < 0) outer.push({ step, depth: 0 });
    else {
      const rows = inner.get(path.slice(0, cut)) ?? [];
      rows.push({ step, depth: 1, inner: path.slice(cut + 1) });
      inner.set(path.slice(0, cut), rows);
    }
  }
  return outer.flatMap((row) => [row, ...(inner.get(row.step.path) ?? [])]);
}

/** Where a step's bar lies, in fractions of the whole width; `wait` is the time between ready and started. */
export interface Bar {
  wait?: { left: number; width: number };
  work?: { left: number; width: number };
}

export interface Span {
  from: number;
  to: number;
}

/** From the start to the end of the run, or to now while it goes on; never empty. */
export function runSpan(view: Pick<RunView, "startedAt" | "endedAt">, now: number): Span {
  const from = view.startedAt;
  return { from, to: Math.max(view.endedAt ?? now, from + 1) };
}

const SHORTEST = 0.004;

export function stepBar(step: StepView, span: Span): Bar {
  if (step.state === "skipped") return {};
  const length = span.to - span.from;
  const at = (time: number) => Math.min(1, Math.max(0, (time - span.from) / length));
  const piece = (from: number, to: number) => {
    const left = Math.min(at(from), 1 - SHORTEST);
    return { left, width: Math.max(at(to) - left, SHORTEST) };
  };
  if (step.startedAt === undefined) return { wait: piece(step.readyAt, step.endedAt ?? span.to) };
  const work = piece(step.startedAt, step.endedAt ?? span.to);
  return step.startedAt - step.readyAt > 1 ? { wait: piece(step.readyAt, step.startedAt), work } : { work };
}

/** How long a step took, or has taken so far; undefined before it starts. */
export function stepDuration(step: StepView, now: number): number | undefined {
  if (step.startedAt === undefined || step.state === "skipped") return undefined;
  return Math.max(0, (step.endedAt ?? now) - step.startedAt);
}
