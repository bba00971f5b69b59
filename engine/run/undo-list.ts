import type { JsonObject } from "../lib/json.ts";
import type { FlowRun } from "./flow-run.ts";
import type { SidePlan } from "./plan.ts";

/** A completed step that something undoes when the run fails or is cancelled. */
export interface Undo {
  flow: FlowRun;
  plan: SidePlan;
  step: string;
  /** The scope of the step's graph: what undoes it sees the same outputs. */
  scope: JsonObject;
  empty: JsonObject;
  prefix: string;
  /** How often it was begun: a cancellation may have come in between. */
  tries: number;
}

/** The completed steps of a run that can be undone, in the order of their completion. */
export class UndoList {
  private readonly undos = new Set<Undo>();

  add(undo: Undo): void {
    this.undos.add(undo);
  }

  remove(undo: Undo): void {
    this.undos.delete(undo);
  }

  /** Those of a flow and of the flows that it ran, the last completed first. */
  of(flow: FlowRun): Undo[] {
    if (this.undos.size === 0) return [];
    return [...this.undos].filter((undo) => undo.flow.isWithin(flow)).toReversed();
  }
}
