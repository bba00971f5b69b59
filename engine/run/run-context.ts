import type { NodeServices } from "../node/services.ts";
import type { Operations } from "./operations.ts";
import type { Recorder } from "./recorder.ts";

/** Text that a step says while it runs. `offset` is where in the step's text it goes. */
export interface Delta {
  node: number;
  key: string;
  path: string;
  attempt: number;
  offset: number;
  text: string;
}

/** What every part of a running coordinator shares. */
export interface RunContext {
  readonly runId: string;
  readonly services: NodeServices;
  readonly operations: Operations;
  readonly events: Recorder;
  /** Tells text of a step that is running. */
  say(delta: Delta): void;
  /** Takes back what the try said so far: it failed and another will say it anew. */
  unsay(node: number): void;
}
