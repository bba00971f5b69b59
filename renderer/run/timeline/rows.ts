import type { RoundsView, RunView, StepState, StepView } from "../../../engine/run/view.ts";

/** One line of the waterfall. `path` tells lines apart; `open` is left out where there is nothing inside. */
export type TimelineRow =
  | { kind: "step"; path: string; depth: number; step: StepView; state: StepState; inner?: string; open?: boolean }
  | { kind: "round"; path: string; depth: number; round: RoundSummary; open: boolean }
  /** Rounds that aren't listed. `gone`: their steps are no longer in the view. */
  | { kind: "hidden"; path: string; depth: number; container: string; count: number; gone: boolean };

/** What is known of a round without opening it. */
export interface RoundSummary {
  index: number;
  state: StepState;
  readyAt: number;
  startedAt?: number;
  endedAt?: number;
}

/** What the user opened, closed and asked more of. */
export interface Unfolding {
  /** By path: the opposite of what it is at first. */
  toggled: ReadonlySet<string>;
  /** By path of a container: how many rounds to list. */
  listed: Readonly<Record<string, number>>;
}

export const ALL_FOLDED: Unfolding = { toggled: new Set(), listed: {} };

/** Rounds of a container that are listed before somebody asks for more. */
export const LISTED_ROUNDS = 8;

interface Branch {
  path: string;
  /** The last part of the path: `charge`, `model 1`, `[3]`. */
  name: string;
  step?: StepView;
  round?: number;
  /** The breakpoint before it. */
  stop?: StepView;
  children: Branch[];
}

const BREAKPOINT = "/breakpoint";

const newBranch = (path: string, name: string): Branch => ({ path, name, children: [] });

/** The steps in the order they became ready, each under what it is in: rounds under their container, inner steps under their node. */
export function timelineRows(
  view: Pick<RunView, "steps" | "order" | "rounds">,
  unfolding: Unfolding = ALL_FOLDED,
): TimelineRow[] {
  const root = newBranch("", "");
  const branches = new Map<string, Branch>([["", root]]);
  for (const path of view.order) {
    // A stop before a node isn't something that happened in it: the node itself shows as waiting.
    if (path.endsWith(BREAKPOINT)) branchOf(branches, path.slice(0, -BREAKPOINT.length)).stop = view.steps[path];
    else branchOf(branches, path).step = view.steps[path];
  }
  return root.children.flatMap((branch) => rowsOf(branch, 0, { view, unfolding }));
}

/** The branch of a path, with everything around it. */
function branchOf(branches: Map<string, Branch>, path: string): Branch {
  const known = branches.get(path);
  if (known) return known;
  const slash = path.lastIndexOf("/");
  const name = path.slice(slash + 1);
  const round = /\[(\d+)\]$/.exec(name);
  // The round `each[3]` belongs to the container's step `each`.
  const parent = round ? path.slice(0, -round[0].length) : path.slice(0, Math.max(0, slash));
  const branch = newBranch(path, name);
  if (round) branch.round = Number(round[1]);
  branches.set(path, branch);
  branchOf(branches, parent).children.push(branch);
  return branch;
}

interface Listing {
  view: Pick<RunView, "rounds">;
  unfolding: Unfolding;
}

function rowsOf(branch: Branch, depth: number, listing: Listing): TimelineRow[] {
  const { path, step, children, round } = branch;
  const toggled = listing.unfolding.toggled.has(path);
  if (round !== undefined) {
    const open = toggled;
    const row: TimelineRow = { kind: "round", path, depth, open, round: summarize(round, children) };
    return open ? [row, ...children.flatMap((child) => rowsOf(child, depth + 1, listing))] : [row];
  }
  const inside = () => insideOf(branch, depth + 1, listing);
  // A part of the path that no event told of: only what is inside shows.
  if (!step) return insideOf(branch, depth, listing);
  const open = children.length > 0 ? !toggled : undefined;
  const inner = branch.name === step.node ? undefined : branch.name;
  const row: TimelineRow = {
    kind: "step",
    path,
    depth,
    step,
    state: branch.stop?.state === "waiting" ? "waiting" : shownState(step, children),
    ...(inner !== undefined && { inner }),
    ...(open !== undefined && { open }),
  };
  return open ? [row, ...inside()] : [row];
}

/** A node whose inner steps do nothing but wait waits itself. */
function shownState(step: StepView, children: readonly Branch[]): StepState {
  if (step.state !== "running") return step.state;
  const inside = roundState(children.flatMap((child) => stepsOf(child)));
  return inside === "waiting" ? "waiting" : step.state;
}

const stepsOf = (branch: Branch): StepView[] => [
  ...(branch.step ? [branch.step] : []),
  ...branch.children.flatMap((child) => stepsOf(child)),
];

function insideOf({ path, children }: Branch, depth: number, listing: Listing): TimelineRow[] {
  const rounds = children.filter((child) => child.round !== undefined);
  const others = children.filter((child) => child.round === undefined);
  const rows = others.flatMap((child) => rowsOf(child, depth, listing));
  if (rounds.length === 0) return rows;
  return [...rows, ...listRounds({ path, rounds, depth }, listing)];
}

interface RoundsPlace {
  path: string;
  rounds: Branch[];
  depth: number;
}

/** The latest rounds and the failed ones, and how many aren't listed. */
function listRounds({ path, rounds, depth }: RoundsPlace, listing: Listing): TimelineRow[] {
  const known: RoundsView | undefined = listing.view.rounds[path];
  const sorted = rounds.toSorted((a, b) => a.round! - b.round!);
  const listed = listing.unfolding.listed[path] ?? LISTED_ROUNDS;
  const failed = new Set(known?.failed);
  const shown = sorted.filter((each, index) => index >= sorted.length - listed || failed.has(each.round!));
  const rows: TimelineRow[] = [];
  const hide = (count: number, gone: boolean) => {
    const at = { path: `${path}/…${gone ? "gone" : ""}`, depth, container: path };
    if (count > 0) rows.push({ kind: "hidden", ...at, count, gone });
  };
  hide((known?.count ?? sorted.length) - sorted.length, true);
  hide(sorted.length - shown.length, false);
  return [...rows, ...shown.flatMap((child) => rowsOf(child, depth, listing))];
}

function summarize(index: number, children: readonly Branch[]): RoundSummary {
  const steps = children.flatMap(({ step }) => step ?? []);
  const state = roundState(steps);
  const starts = steps.flatMap(({ startedAt }) => startedAt ?? []);
  const ends = steps.flatMap(({ endedAt }) => endedAt ?? []);
  const over = steps.every(({ endedAt }) => endedAt !== undefined);
  return {
    index,
    state,
    readyAt: Math.min(...steps.map(({ readyAt }) => readyAt)),
    ...(starts.length > 0 && { startedAt: Math.min(...starts) }),
    ...(over && ends.length > 0 && { endedAt: Math.max(...ends) }),
  };
}

/** The state that matters most among a round's steps. */
function roundState(steps: readonly StepView[]): StepState {
  const states = new Set(steps.map(({ state }) => state));
  for (const state of ["failed", "running", "retrying", "waiting", "ready"] as const)
    if (states.has(state)) return state;
  return states.has("completed") ? "completed" : "skipped";
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

/** What a bar is drawn of: a step, or a round as a whole. */
export type Timed = Pick<StepView, "state" | "readyAt" | "startedAt" | "endedAt">;

const SHORTEST = 0.004;

export function stepBar(step: Timed, span: Span): Bar {
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
export function stepDuration(step: Timed, now: number): number | undefined {
  if (step.startedAt === undefined || step.state === "skipped") return undefined;
  return Math.max(0, (step.endedAt ?? now) - step.startedAt);
}
