import { DEFAULT_PORT } from "../flow/schema.ts";
import type { Ended, Wait } from "../node/operation.ts";
import type { Completion } from "./driver.ts";
import type { Activity, RunContext } from "./run-context.ts";

export interface WaitSpec {
  path: string;
  node: string;
  wait: Wait;
  /** A pause of so many milliseconds; left out: until somebody answers. */
  ms?: number;
  ended(ended: Ended): void;
}

/** A wait that people see: for a time, or for an answer from outside. It is a row of its own among the run's steps. */
export class Waiting implements Activity {
  private readonly run: RunContext;
  private readonly spec: WaitSpec;

  constructor(run: RunContext, spec: WaitSpec) {
    this.run = run;
    this.spec = spec;
    const { path, node, wait, ms } = spec;
    const length = ms ?? ("within" in wait ? wait.within : undefined);
    const until = length === undefined ? {} : { until: run.events.at + length };
    run.events.record({ type: "step.waiting", path, node, wait, ...until });
    run.operations.start(
      ms === undefined ? { kind: "signal", id: path, path, wait, ...until } : { kind: "sleep", id: path, ms, wait },
      this,
    );
  }

  completed({ result }: Completion): void {
    const { path, node, ended } = this.spec;
    const { events } = this.run;
    if (!result.ok) {
      events.record({ type: "step.failed", path, node, attempt: 1, error: result.error });
      return ended(result);
    }
    events.record({ type: "step.completed", path, node, attempt: 1, output: result.value, port: DEFAULT_PORT });
    ended({ ok: true, value: result.value });
  }

  abandon(tell?: boolean): void {
    const { path, node } = this.spec;
    this.run.operations.abandon(path);
    if (tell) this.run.events.record({ type: "step.skipped", path, node });
  }
}
