import type { PlanEdge, PlanStep } from "./plan.ts";

/** What of a plan decides who runs. */
export interface PlanGraph {
  steps: readonly Pick<PlanStep, "index" | "entry" | "joinsAny" | "incoming" | "outgoing">[];
  edges: readonly PlanEdge[];
}

/** What becomes of a node, told once each: it runs, it is skipped, or (running already) it is no longer needed. */
export interface Decision {
  what: "run" | "skip" | "abandon";
  node: number;
}

const PENDING = 0;
const RUNNING = 1;
const SETTLED = 2;

/**
 * Which nodes run, as a pure state machine over a plan's edges. An edge is open until its node is settled, then taken or skipped. A node runs
 * when all its incoming edges are closed and one was taken, and is skipped when none was (dead-path elimination). With `join: any` it
 * runs at the first taken edge, and what ran only for its other edges is abandoned.
 */
export class GraphState {
  private readonly plan: PlanGraph;
  private readonly nodes: Uint8Array;
  private readonly open: Int32Array;
  private readonly taken: Uint8Array;
  private readonly closed: Uint8Array;
  private decisions: Decision[] = [];
  /** Skipped nodes whose outgoing edges are not closed yet. */
  private skipped: number[] = [];

  constructor(plan: PlanGraph) {
    this.plan = plan;
    const { length } = plan.steps;
    this.nodes = new Uint8Array(length);
    this.taken = new Uint8Array(length);
    this.closed = new Uint8Array(plan.edges.length);
    this.open = new Int32Array(length);
    for (let node = 0; node < length; node++) this.open[node] = plan.steps[node]!.incoming.length;
  }

  /** Nodes without an input run; nodes that nothing leads to are skipped, with all that hangs on them. */
  begin(): Decision[] {
    for (const step of this.plan.steps) {
      if (step.incoming.length > 0) continue;
      if (step.entry) this.decide("run", step.index);
      else this.skip(step.index);
    }
    return this.drain();
  }

  /** A running node is over and left by `port`: its edges there are taken, all others skipped. */
  complete(node: number, port: string): Decision[] {
    this.nodes[node] = SETTLED;
    for (const edge of this.plan.steps[node]!.outgoing) this.close(edge, this.plan.edges[edge]!.port === port);
    return this.drain();
  }

  isSettled(node: number): boolean {
    return this.nodes[node] === SETTLED;
  }

  private drain(): Decision[] {
    for (let next = this.skipped.pop(); next !== undefined; next = this.skipped.pop()) {
      for (const edge of this.plan.steps[next]!.outgoing) this.close(edge, false);
    }
    const decisions = this.decisions;
    this.decisions = [];
    return decisions;
  }

  private decide(what: Decision["what"], node: number): void {
    this.nodes[node] = what === "run" ? RUNNING : SETTLED;
    this.decisions.push({ what, node });
  }

  private skip(node: number): void {
    this.decide("skip", node);
    this.skipped.push(node);
  }

  private close(edge: number, taken: boolean): void {
    if (this.closed[edge]) return;
    this.closed[edge] = 1;
    const target = this.plan.edges[edge]!.to;
    if (this.nodes[target] !== PENDING) return;
    this.open[target]!--;
    if (taken) this.taken[target] = 1;
    if (this.open[target] === 0) {
      if (this.taken[target]) this.decide("run", target);
      else this.skip(target);
    } else if (taken && this.plan.steps[target]!.joinsAny) {
      this.decide("run", target);
      this.releaseOthers(target);
    }
  }

  /** The node no longer waits for its open edges: nodes that worked towards nothing else are not needed any more. */
  private releaseOthers(node: number): void {
    for (const edge of this.plan.steps[node]!.incoming) {
      if (this.closed[edge]) continue;
      this.closed[edge] = 1;
      this.abandonIfNeedless(this.plan.edges[edge]!.from);
    }
  }

  private abandonIfNeedless(node: number): void {
    const state = this.nodes[node];
    if (state === SETTLED) return;
    const needed = this.plan.steps[node]!.outgoing.some((edge) => this.nodes[this.plan.edges[edge]!.to] === PENDING);
    if (needed) return;
    this.decide(state === RUNNING ? "abandon" : "skip", node);
    for (const edge of this.plan.steps[node]!.outgoing) this.closed[edge] = 1;
    this.releaseOthers(node);
  }
}
