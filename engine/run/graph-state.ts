import type { PlanEdge, PlanStep } from "./plan.ts";

/** What of a plan decides who runs. */
export interface PlanGraph {
  steps: readonly Pick<PlanStep, "index" | "entry" | "trigger" | "joinsAny" | "incoming" | "outgoing">[];
  edges: readonly PlanEdge[];
}

/** What becomes of a node, told once each: it runs, it is skipped, or (running already) it is no longer needed. */
export const RUN = 0;
export const SKIP = 1;
export const ABANDON = 2;
export type Decision = typeof RUN | typeof SKIP | typeof ABANDON;

/** A decision and its node in one number, so that a queue of them is nothing but numbers. */
export const decisionOf = (queued: number): Decision => (queued & 3) as Decision;
export const nodeOf = (queued: number): number => queued >> 2;

const PENDING = 0;
const RUNNING = 1;
const SETTLED = 2;

/** Cells of a node: its state, how many incoming edges are open, whether one was taken. Behind all nodes: whether each edge is closed. */
const CELLS = 3;
const OPEN = 1;
const TAKEN = 2;

/**
 * Which nodes run, as a pure state machine over a plan's edges. An edge is open until its node is settled, then taken or skipped. A node runs
 * when all its incoming edges are closed and one was taken, and is skipped when none was (dead-path elimination). With `join: any` it
 * runs at the first taken edge, and what ran only for its other edges is abandoned. Decisions are appended to `queue`.
 */
export class GraphState {
  readonly queue: number[] = [];
  private readonly plan: PlanGraph;
  private readonly cells: Int32Array;
  private readonly closed: number;
  /** Skipped nodes whose outgoing edges are not closed yet. */
  private readonly skipped: number[] = [];

  constructor(plan: PlanGraph) {
    this.plan = plan;
    const { steps } = plan;
    this.closed = steps.length * CELLS;
    this.cells = new Int32Array(this.closed + plan.edges.length);
    for (let node = 0; node < steps.length; node++) this.cells[node * CELLS + OPEN] = steps[node]!.incoming.length;
  }

  /** Nodes without an input run, of triggers the given one; nodes that nothing leads to are skipped, with all that hangs on them. */
  begin(trigger?: number): void {
    for (const step of this.plan.steps) {
      if (step.incoming.length > 0) continue;
      if (step.entry && (step.trigger === undefined || step.index === trigger)) this.decide(RUN, step.index);
      else this.skip(step.index);
    }
    this.drain();
  }

  /** A running node is over and left by `port`: its edges there are taken, all others skipped. */
  complete(node: number, port: string): void {
    this.cells[node * CELLS] = SETTLED;
    const { edges } = this.plan;
    const { outgoing } = this.plan.steps[node]!;
    for (let at = 0; at < outgoing.length; at++) {
      const edge = outgoing[at]!;
      this.close(edge, edges[edge]!.port === port);
    }
    if (this.skipped.length > 0) this.drain();
  }

  isSettled(node: number): boolean {
    return this.cells[node * CELLS] === SETTLED;
  }

  private drain(): void {
    for (let next = this.skipped.pop(); next !== undefined; next = this.skipped.pop()) {
      for (const edge of this.plan.steps[next]!.outgoing) this.close(edge, false);
    }
  }

  private decide(what: Decision, node: number): void {
    this.cells[node * CELLS] = what === RUN ? RUNNING : SETTLED;
    this.queue.push((node << 2) | what);
  }

  private skip(node: number): void {
    this.decide(SKIP, node);
    this.skipped.push(node);
  }

  private close(edge: number, taken: boolean): void {
    const { cells } = this;
    if (cells[this.closed + edge]) return;
    cells[this.closed + edge] = 1;
    const target = this.plan.edges[edge]!.to;
    const at = target * CELLS;
    if (cells[at] !== PENDING) return;
    cells[at + OPEN]!--;
    if (taken) cells[at + TAKEN] = 1;
    if (cells[at + OPEN] === 0) {
      if (cells[at + TAKEN]) this.decide(RUN, target);
      else this.skip(target);
    } else if (taken && this.plan.steps[target]!.joinsAny) {
      this.decide(RUN, target);
      this.releaseOthers(target);
    }
  }

  /** The node no longer waits for its open edges: nodes that worked towards nothing else are not needed any more. */
  private releaseOthers(node: number): void {
    for (const edge of this.plan.steps[node]!.incoming) {
      if (this.cells[this.closed + edge]) continue;
      this.cells[this.closed + edge] = 1;
      this.abandonIfNeedless(this.plan.edges[edge]!.from);
    }
  }

  private abandonIfNeedless(node: number): void {
    const state = this.cells[node * CELLS];
    if (state === SETTLED) return;
    const { outgoing } = this.plan.steps[node]!;
    const needed = outgoing.some((edge) => this.cells[this.plan.edges[edge]!.to * CELLS] === PENDING);
    if (needed) return;
    this.decide(state === RUNNING ? ABANDON : SKIP, node);
    for (const edge of outgoing) this.cells[this.closed + edge] = 1;
    this.releaseOthers(node);
  }
}
