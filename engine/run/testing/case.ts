import type { JsonValue } from "../../lib/json.ts";
import type { DebugOptions } from "../debug.ts";
import type { DurableEvent, FinalEvent } from "../events.ts";
import type { RunView } from "../view.ts";
import type { ContractResult, ContractRun } from "./harness.ts";

export interface CaseResult extends ContractResult {
  view: RunView;
  end: FinalEvent;
}

/** A flow, and what a user of any driver sees of its run. */
export interface ContractCase {
  name: string;
  nodes: string;
  edges: string;
  input?: JsonValue;
  flows?: Readonly<Record<string, { nodes: string; edges: string }>>;
  debug?: Partial<DebugOptions>;
  answers?: ContractRun["answers"];
  cancelAt?: ContractRun["cancelAt"];
  /** The run goes on while a step of it is still executing. */
  leavesInFlight?: true;
  check(result: CaseResult): void;
}

export const outputOf = ({ events }: CaseResult, path: string): JsonValue | undefined =>
  events.flatMap((event) => (event.type === "step.completed" && event.path === path ? [event.output] : [])).at(-1);

const STATES: Partial<Record<DurableEvent["type"], string>> = {
  "step.started": "started",
  "step.waiting": "waiting",
  "step.completed": "completed",
  "step.failed": "failed",
  "step.skipped": "skipped",
};

/** How each step that was met ended. */
export function statesOf({ events }: CaseResult): Record<string, string> {
  const states: Record<string, string> = {};
  for (const event of events) {
    const state = STATES[event.type];
    if (state && "path" in event && event.path !== undefined) states[event.path] = state;
  }
  return states;
}

/** The tries of a step that executed, each once however often a crash made it execute again. */
export const executed = ({ notes }: CaseResult, path: string): number[] => [
  ...new Set(notes.filter((note) => note.what === "executed" && note.path === path).map((note) => note.attempt)),
];

/** The paths of the steps that completed, in the order of their completion. */
export const completedIn = ({ events }: CaseResult): string[] =>
  events.flatMap((event) => (event.type === "step.completed" ? [event.path] : []));

/** How often an event of this type was told. */
export const count = ({ events }: CaseResult, type: DurableEvent["type"]): number =>
  events.filter((event) => event.type === type).length;
