import type { Usage } from "../node/operation.ts";
import type { NodeServices } from "../node/services.ts";
import type { AnswerText } from "./answer-text.ts";
import type { Breather } from "./breather.ts";
import type { Debugging } from "./debugging.ts";
import type { LiveText } from "./driver.ts";
import type { Operations } from "./operations.ts";
import type { Recorder } from "./recorder.ts";
import type { UndoList } from "./undo-list.ts";

/** Text that a step says while it runs. `offset` is where in the step's text it goes. */
export interface Delta {
  node: number;
  path: string;
  attempt: number;
  offset: number;
  text: string;
}

/** Something that has work to do now. */
export interface Work {
  work(): void;
}

/** Something under way that can be told to stop. */
export interface Activity {
  /** `tell`: the run goes on without it, so that what it was doing is told to be skipped. */
  abandon(tell?: boolean): void;
}

/** What every part of a running coordinator shares. */
export interface RunContext {
  readonly runId: string;
  readonly services: NodeServices;
  readonly operations: Operations;
  readonly events: Recorder;
  readonly undos: UndoList;
  readonly breather: Breather;
  readonly debugging: Debugging | undefined;
  /** Has the work done soon, after what was asked for before: nothing that runs calls what runs next, so that a hundred thousand rounds don't nest. */
  enqueue(work: Work): void;
  spend(usage: Usage): void;
  live(event: LiveText): void;
  /** The text's answers are to be told anew when the work is done. */
  changed(text: AnswerText, refresh: () => void): void;
}
