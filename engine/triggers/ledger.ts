import { HeddleError } from "../lib/errors/error.ts";
import type { JsonValue } from "../lib/json.ts";
import type { Flow } from "../flow/schema.ts";
import type { RunService } from "../store/run-service.ts";
import type { Firing, TriggerStore } from "./trigger-store.ts";

/** What starts a run of a flow. */
export interface Start {
  flow: string;
  node: string;
  input: JsonValue;
  /** The flow, where it isn't what its file says. */
  text?: string;
  /** The same key starts one run, whatever happens in between; left out: every start is a run of its own. */
  key?: string;
}

/** A flow as it runs when a trigger fires. */
export interface FlowVersion {
  flow: Flow;
  revision: string;
}

export interface LedgerOptions {
  store: TriggerStore;
  runs: Pick<RunService, "start">;
  /** The flow of a name, or of a text. @throws HeddleError */
  version(flow: string, text: string | undefined): FlowVersion;
  /** Told after every start and every failure to start. */
  changed(flow: string): void;
}

/** Starts runs for triggers, once each. */
export interface Ledger {
  /** Starts the run and returns its id; the earlier one's for a key that was used. @throws HeddleError `run.not-runnable`, `store.*` */
  fire(start: Start): Promise<string>;
  /** Carries out what an earlier process had decided but not begun. */
  recover(): Promise<void>;
}

export function createLedger({ store, runs, version, changed }: LedgerOptions): Ledger {
  const begin = async ({ flow, node, input, text, key }: Start): Promise<string> => {
    const running = version(flow, text);
    const request = { ...running, name: flow, input, trigger: node, ...(key !== undefined && { idempotencyKey: key }) };
    const runId = await runs.start(request);
    store.markFired(flow, node, { at: Date.now(), runId });
    changed(flow);
    return runId;
  };

  const failed = ({ flow, node }: Start, thrown: unknown): HeddleError => {
    const error = HeddleError.from(thrown);
    store.markFailed(flow, node, error.toJSON());
    changed(flow);
    return error;
  };

  /** Only what can't succeed later is given up: trouble with the database leaves the decision for the next start. */
  const carryOut = async (firing: Firing): Promise<string> => {
    try {
      const runId = await begin(firing);
      store.carriedOut(firing.key, runId);
      return runId;
    } catch (thrown) {
      const error = failed(firing, thrown);
      if (!error.retryable && !error.code.startsWith("store.")) store.givenUp(firing.key, error.toJSON());
      throw error;
    }
  };

  return {
    async fire(start) {
      const { key } = start;
      if (key === undefined) {
        return begin(start).catch((thrown: unknown) => {
          throw failed(start, thrown);
        });
      }
      const firing = { ...start, key, at: Date.now() };
      store.decide(firing);
      return store.runOf(key) ?? carryOut(firing);
    },
    async recover() {
      // One that fails is told in its trigger's status and doesn't keep the others.
      for (const firing of store.open()) await carryOut(firing).catch(() => {});
    },
  };
}
