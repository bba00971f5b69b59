import type { SerializedError } from "../lib/errors/error.ts";
import type { JsonValue } from "../lib/json.ts";
import type { Usage } from "../node/operation.ts";
import type { NodeServices } from "../node/services.ts";
import type { AnswerText } from "./answer-text.ts";
import { Breather } from "./breather.ts";
import type { DebugOptions } from "./debug.ts";
import { Debugging } from "./debugging.ts";
import type { Cancellation, Completion, Driver, LiveText } from "./driver.ts";
import { FlowRun } from "./flow-run.ts";
import { Operations } from "./operations.ts";
import type { RunPlan } from "./plan.ts";
import { planUntil } from "./plan-until.ts";
import { Recorder } from "./recorder.ts";
import type { RunContext, Work } from "./run-context.ts";
import type { ChildOutcome } from "./step-host.ts";
import { UndoList } from "./undo-list.ts";

/** What a run is started with. `flow` and `revision` say in its first event what ran. */
export interface RunRequest {
  runId: string;
  flow: string;
  revision: string;
  input: JsonValue;
  services: NodeServices;
  driver: Driver;
  /** The trigger that it begins with; left out: the plan's. */
  trigger?: string;
  debug?: DebugOptions;
}

/** How a run ended. */
export type RunOutcome =
  | { state: "succeeded"; output: JsonValue; usage: Usage }
  | { state: "failed"; error: SerializedError; node: string; path: string }
  | { state: "cancelled" };

/**
 * One run of a plan: takes completions, has done what follows from them, tells events. It reads no clock and awaits nothing, so that the same
 * completions in the same order always lead to the same operations and events.
 */
export class Coordinator implements RunContext {
  readonly runId: string;
  readonly services: NodeServices;
  readonly operations: Operations;
  readonly events: Recorder;
  readonly undos = new UndoList();
  readonly breather: Breather;
  readonly debugging: Debugging | undefined;
  outcome: RunOutcome | undefined;

  private readonly request: RunRequest;
  private readonly driver: Driver;
  private readonly root: FlowRun;
  private readonly queue: Work[] = [];
  /** Texts that are to be told anew, with the way to do that. */
  private readonly stale: (() => void)[] = [];
  private usage: Usage = { inputTokens: 0, outputTokens: 0 };
  private isWorking = false;
  private isWaiting = false;

  constructor(plan: RunPlan, request: RunRequest) {
    const { runId, services, driver, debug, input, trigger } = request;
    this.request = request;
    this.driver = driver;
    this.runId = runId;
    this.services = services;
    this.operations = new Operations(driver);
    this.breather = new Breather(this.operations);
    this.events = new Recorder(driver, runId);
    this.debugging = debug && new Debugging(debug);
    const until = debug?.until;
    this.root = new FlowRun(this, {
      plan: until === undefined ? plan : planUntil(plan, until),
      prefix: "",
      input,
      ...(trigger !== undefined && { trigger }),
      say: (n, text) => driver.live({ type: "answer.delta", runId, n, text }),
      ended: (outcome) => this.ended(outcome),
      stopAt: (output) => this.end({ state: "succeeded", output, usage: this.usage }),
      recovering: (failure) => this.events.record({ type: "run.recovering", ...(failure && { error: failure.error }) }),
    });
  }

  begin(): void {
    const { flow, revision, input, trigger } = this.request;
    this.events.record({ type: "run.started", flow, revision, input, ...(trigger !== undefined && { trigger }) });
    this.root.begin();
    this.proceed();
  }

  /** Takes what the driver told next. */
  take(next: Completion | Cancellation): void {
    this.events.at = next.at;
    if (this.isWaiting) {
      this.isWaiting = false;
      this.events.record({ type: "run.resumed" });
    }
    this.isWorking = true;
    if ("cancelled" in next) this.cancel();
    else this.operations.deliver(next);
    this.proceed();
  }

  enqueue(work: Work): void {
    this.queue.push(work);
  }

  spend({ inputTokens, outputTokens }: Usage): void {
    const { usage } = this;
    this.usage = {
      inputTokens: usage.inputTokens + inputTokens,
      outputTokens: usage.outputTokens + outputTokens,
    };
  }

  live(event: LiveText): void {
    this.driver.live(event);
  }

  changed(text: AnswerText, refresh: () => void): void {
    if (text.stale) return;
    text.stale = true;
    this.stale.push(() => {
      text.stale = false;
      refresh();
    });
    if (!this.isWorking) this.refresh();
  }

  /** Does what there is to do, until what is left waits for the driver. */
  private proceed(): void {
    const { queue } = this;
    this.isWorking = true;
    for (let next = 0; next < queue.length && !this.outcome; next++) {
      queue[next]!.work();
      if (next < LONG_QUEUE) continue;
      queue.splice(0, next + 1);
      next = -1;
    }
    queue.length = 0;
    if (!this.outcome && this.stale.length > 0) this.refresh();
    this.isWorking = false;
    this.events.release();
    if (this.outcome || !this.operations.areWaits) return;
    this.isWaiting = true;
    this.events.record({ type: "run.waiting" });
  }

  private refresh(): void {
    for (let refresh = this.stale.shift(); refresh; refresh = this.stale.shift()) refresh();
  }

  private cancel(): void {
    this.operations.abandonAll();
    this.breather.reset();
    this.root.cancel(() => this.end({ state: "cancelled" }));
  }

  private ended(outcome: ChildOutcome): void {
    if (outcome.ok) {
      const output = this.debugging?.until === undefined ? outcome.output : null;
      return this.end({ state: "succeeded", output, usage: this.usage });
    }
    const { node, path } = outcome;
    this.end({ state: "failed", error: namingNode(outcome.error, path), node, path });
  }

  /** A run that came to nothing has cost something all the same. */
  private spent(): { usage?: Usage } {
    const { usage } = this;
    return usage.inputTokens + usage.outputTokens > 0 ? { usage } : {};
  }

  private end(outcome: RunOutcome): void {
    if (this.outcome) return;
    this.outcome = outcome;
    this.operations.abandonAll();
    switch (outcome.state) {
      case "succeeded":
        return this.events.record({ type: "run.completed", output: outcome.output, usage: outcome.usage });
      case "failed": {
        const { error, node, path } = outcome;
        return this.events.record({ type: "run.failed", error, node, path, ...this.spent() });
      }
      case "cancelled":
        return this.events.record({ type: "run.cancelled", ...this.spent() });
    }
  }
}

/** Work that is done leaves the queue at the latest when there is so much of it. */
const LONG_QUEUE = 1_000;

/** The error's sentence with the step that it happened in, unless it names it. */
function namingNode(error: SerializedError, path: string): SerializedError {
  return error.message.includes(`“${path}”`) ? error : { ...error, message: `“${path}”: ${error.message}` };
}
