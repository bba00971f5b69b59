import { roundsOf, type PathRound } from "./step-path.ts";
import type { RoundsView, RunView, StepView } from "./view.ts";

interface StepPlace {
  path: string;
  node: string;
  at: number;
}

/** How many rounds of a container keep their steps, beside those that still go on. */
export const KEPT_ROUNDS = 60;
/** How many of the failed ones are kept whatever comes after. */
export const KEPT_FAILURES = 20;

const NO_ROUNDS: RoundsView = { count: 0, kept: [], failures: 0, failed: [] };

/** A view while events are folded into it: copies once what changes, and leaves the view that it began with as it was. */
export class ViewDraft {
  view: RunView;
  private readonly before: RunView;
  private steps: Record<string, StepView>;
  private order: string[];

  constructor(view: RunView) {
    this.before = view;
    this.view = view;
    this.steps = view.steps;
    this.order = view.order as string[];
  }

  /** The new view; the one that it began with if nothing changed. */
  result(): RunView {
    return this.view;
  }

  set(fields: Partial<RunView>): void {
    if (this.view === this.before) this.view = { ...this.view, ...fields };
    else Object.assign(this.view, fields);
  }

  /** Changes a step, a new one if it isn't known. */
  change({ path, node, at }: StepPlace, change: (step: StepView) => StepView): void {
    const known = this.steps[path];
    const step = change(known ?? this.newStep(path, node, at));
    if (step === known) return;
    this.copySteps();
    this.steps[path] = step;
    if (!known) {
      this.copyOrder();
      this.order.push(path);
    }
    const rounds = path.includes("]/") ? roundsOf(path) : [];
    if (!known) for (const round of rounds) this.enterRound(round);
    if (step.state === "failed" && known?.state !== "failed") for (const round of rounds) this.markFailed(round);
  }

  /** What is still under way (inside the given node, or everywhere) goes no further. */
  endSteps(at: number, inside?: string): void {
    for (const path of this.order) {
      const step = this.steps[path]!;
      if (step.endedAt !== undefined || (inside !== undefined && !isInside(path, inside))) continue;
      this.copySteps();
      this.steps[path] = { ...step, state: "skipped", endedAt: at, wait: undefined, until: undefined };
    }
  }

  private newStep(path: string, node: string, at: number): StepView {
    const recovers = this.view.recovering && { recovers: true as const };
    return { path, node, state: "ready", readyAt: at, attempt: 0, text: "", ...recovers };
  }

  private enterRound({ container, index }: PathRound): void {
    const rounds = this.view.rounds[container] ?? NO_ROUNDS;
    if (rounds.kept.includes(index)) return;
    const kept = [...rounds.kept, index];
    const count = Math.max(rounds.count, index + 1);
    this.setRounds(container, { ...rounds, count, kept });
    if (kept.length > KEPT_ROUNDS) this.letGo(container);
  }

  private markFailed({ container, index }: PathRound): void {
    const rounds = this.view.rounds[container] ?? NO_ROUNDS;
    if (rounds.failed.includes(index)) return;
    const failed = rounds.failed.length < KEPT_FAILURES ? [...rounds.failed, index] : rounds.failed;
    this.setRounds(container, { ...rounds, failed, failures: rounds.failures + 1 });
  }

  private setRounds(container: string, rounds: RoundsView): void {
    this.set({ rounds: { ...this.view.rounds, [container]: rounds } });
  }

  /** Drops the steps of the oldest rounds that are over; several at a time, so that not every round costs a walk over all steps. */
  private letGo(container: string): void {
    const rounds = this.view.rounds[container]!;
    const open = this.openRounds(container);
    const mayGo = rounds.kept.filter((index) => !rounds.failed.includes(index) && !open.has(`${container}[${index}]`));
    const gone = mayGo.slice(0, Math.max(0, mayGo.length - KEPT_ROUNDS / 2));
    if (gone.length === 0) return;
    const prefixes = new Set(gone.map((index) => `${container}[${index}]`));
    this.setRounds(container, { ...rounds, kept: rounds.kept.filter((index) => !gone.includes(index)) });
    this.dropInside(container, prefixes);
  }

  private dropInside(container: string, rounds: ReadonlySet<string>): void {
    const isGone = (path: string) => rounds.has(roundPrefix(path, container));
    this.copySteps();
    this.order = this.order.filter((path) => {
      if (!isGone(path)) return true;
      delete this.steps[path];
      return false;
    });
    this.set({ order: this.order });
    const inner = Object.entries(this.view.rounds).filter(([path]) => !isGone(path));
    this.set({ rounds: Object.fromEntries(inner) });
  }

  /** Rounds with a step that isn't over. */
  private openRounds(container: string): Set<string> {
    const open = this.order.filter(
      (path) => this.steps[path]!.endedAt === undefined && path.startsWith(`${container}[`),
    );
    return new Set(open.map((path) => roundPrefix(path, container)));
  }

  private copySteps(): void {
    if (this.steps !== this.before.steps) return;
    this.steps = { ...this.steps };
    this.set({ steps: this.steps });
  }

  private copyOrder(): void {
    if (this.order !== this.before.order) return;
    this.order = [...this.order];
    this.set({ order: this.order });
  }
}

/** Whether a step is one of a node's own, or in one of its rounds. */
const isInside = (path: string, node: string): boolean => path.startsWith(`${node}/`) || path.startsWith(`${node}[`);

/** `each[3]` of `each[3]/charge`; empty for a path that isn't in a round of the container. */
function roundPrefix(path: string, container: string): string {
  if (!path.startsWith(`${container}[`)) return "";
  const end = path.indexOf("/", container.length);
  return end === -1 ? "" : path.slice(0, end);
}
