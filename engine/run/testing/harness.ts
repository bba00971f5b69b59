import type { Flow } from "../../flow/schema.ts";
import type { JsonValue } from "../../lib/json.ts";
import type { DurableEvent, RunEvent } from "../events.ts";
import type { DebugOptions } from "../debug.ts";
import type { ProbeEntry } from "./probe.ts";

/** A run that the contract asks a harness to carry out with the nodes of nodes.ts. Plain data: the executor may live in another process. */
export interface ContractRun {
  runId: string;
  flow: Flow;
  input: JsonValue;
  /** The flows that it runs, by name. */
  flows?: Readonly<Record<string, Flow>>;
  debug?: DebugOptions;
  /** What the harness sends to the run from outside as soon as it waits at one of these paths. */
  answers?: Readonly<Record<string, JsonValue>>;
  /**
   * Kills the executor as soon as so many of the run's completions are recorded, once for each number, in rising order, and lets another one
   * go on. Only for durable drivers.
   */
  crashAfter?: readonly number[];
  /** Cancels the run as soon as an event of this type and path was told. */
  cancelAt?: { type: RunEvent["type"]; path?: string };
}

export interface ContractResult {
  /** Everything that was told, live text included, in the order it came, from every incarnation. */
  told: readonly RunEvent[];
  /** The durable events as they can be read when the run is over. */
  events: readonly DurableEvent[];
  /** What the nodes did, with the number of the incarnation (from 0) that did it. */
  notes: readonly (ProbeEntry & { incarnation: number })[];
  /** The durable events that could be read after each crash: where the harness can tell. */
  crashes: readonly (readonly DurableEvent[])[];
  /** How many completions the run recorded. */
  completions: number;
}

/** Where a driver lives, for the contract. */
export interface ContractHarness {
  /** Carries out the run until it is over. */
  run(request: ContractRun): Promise<ContractResult>;
  dispose?(): Promise<void>;
}
