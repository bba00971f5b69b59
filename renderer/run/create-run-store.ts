import { createStore, type StoreApi } from "zustand/vanilla";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonValue } from "../../engine/lib/json.ts";
import type { HostClient } from "../../engine/rpc/client/index.ts";
import type { DebugOptions } from "../../engine/run/debug.ts";
import type { RunSummary } from "../../engine/rpc/contract.ts";
import type { RunEvent } from "../../engine/run/events.ts";
import { applyEvents, emptyRunView, type RunView } from "../../engine/run/view.ts";
import { createEventBatch, type Schedule } from "./event-batch.ts";

export interface RunRequest {
  /** The flow's file name without ending. */
  flow: string;
  /** The document as it is, unsaved edits included. */
  text: string;
  input: JsonValue;
  /** The trigger that it begins with; left out: the one for runs by hand. */
  trigger?: string;
  debug?: DebugOptions;
}

/** A run made from an earlier one: with its results, except at `from` and after it, or except where the text changed. */
export interface ForkRequest {
  runId: string;
  text: string;
  from?: string;
  input?: JsonValue;
  debug?: DebugOptions;
}

/** The run that canvas, timeline and chat show, and everything that starts and follows runs. */
export interface RunStore {
  /** null until something ran or a past run was opened. */
  view: RunView | null;
  /** `starting`: asked for, no event yet. `reconnecting`: the stream broke off and is being taken up again. */
  phase: "idle" | "starting" | "following" | "reconnecting" | "ended";
  /** Why the last run could not start or its events could not be read. */
  error: HeddleError | null;
  /** The step whose details are shown: a path of `view.steps`. */
  step: string | null;
  /** How the shown run was made in this window, where it wasn't started plainly. */
  origin: "fork" | "replay" | null;
  /** The earlier run that an opened one was made from. */
  madeFrom: RunSummary["origin"] | null;
  /** Of a run that was made from another one: the steps whose results it took over. */
  reused: readonly string[];
  /** Of a replay: where today's engine would go another way. */
  diverged: string | null;
  /** Resolves with the run's id once it is recorded; undefined when it could not start (see `error`). */
  start(request: RunRequest): Promise<string | undefined>;
  /** Like `start`, from an earlier run. */
  fork(request: ForkRequest): Promise<string | undefined>;
  /** Plays a recorded run again, as a run of its own that executes nothing. */
  replay(runId: string): Promise<string | undefined>;
  /** Opens any run, past or going on. */
  show(runId: string, madeFrom?: RunSummary["origin"] | null): void;
  cancel(): Promise<void>;
  selectStep(path: string | null): void;
  /** Shows no run: the canvas is blank again. */
  clear(): void;
}

export interface RunStoreOptions {
  runs: () => Pick<HostClient["runs"], "start" | "fork" | "replay" | "follow" | "cancel">;
  schedule: Schedule;
  /** ms, on any clock that only goes forward */
  now: () => number;
  /** ms before the stream is taken up again */
  retryDelay?: number;
}

const NOTHING_SHOWN = {
  view: null,
  error: null,
  step: null,
  origin: null,
  madeFrom: null,
  reused: [],
  diverged: null,
} as const;

/** What the host answers when a run was made: in one way or another. */
interface BegunRun {
  runId: string;
  reused?: string[];
  diverged?: string | undefined;
}

const ENDED: readonly RunView["state"][] = ["succeeded", "failed", "cancelled"];

/** Whether a run is over. */
export const hasEnded = (view: RunView): boolean => hasEndedState(view.state);

export const hasEndedState = (state: RunView["state"]): boolean => ENDED.includes(state);

export function createRunStore({ runs, schedule, now, retryDelay = 500 }: RunStoreOptions): StoreApi<RunStore> {
  let following: AbortController | undefined;

  const store = createStore<RunStore>(() => ({
    view: null,
    phase: "idle",
    error: null,
    step: null,
    origin: null,
    madeFrom: null,
    reused: [],
    diverged: null,
    start: (request) => begin(null, () => runs().start(request)),
    fork: (request) => begin("fork", () => runs().fork(request)),
    replay: (runId) => begin("replay", () => runs().replay({ runId })),
    show: (runId, madeFrom = null) => {
      void follow(runId);
      set({ madeFrom });
    },
    cancel,
    selectStep: (step) => set({ step }),
    clear,
  }));
  const { getState: get, setState: set } = store;

  async function begin(origin: RunStore["origin"], ask: () => Promise<BegunRun>): Promise<string | undefined> {
    following?.abort();
    set({ ...NOTHING_SHOWN, phase: "starting" });
    try {
      const { runId, reused, diverged } = await ask();
      void follow(runId);
      set({ origin, reused: reused ?? [], diverged: diverged ?? null });
      return runId;
    } catch (thrown) {
      set({ phase: "idle", error: HeddleError.from(thrown) });
      return undefined;
    }
  }

  async function follow(runId: string): Promise<void> {
    following?.abort();
    const controller = new AbortController();
    following = controller;
    const { signal } = controller;
    set({ ...NOTHING_SHOWN, view: emptyRunView(runId), phase: "following" });
    const batch = createEventBatch<RunEvent>({ deliver: fold, schedule, now });
    signal.addEventListener("abort", batch.stop);
    while (!signal.aborted) {
      const problem = await read(runId, signal, batch.push);
      await batch.drained();
      if (signal.aborted) return;
      if (hasEnded(get().view!)) return set({ phase: "ended" });
      if (problem && problem.code !== "host.disconnected") return set({ phase: "ended", error: problem });
      set({ phase: "reconnecting" });
      await new Promise((resolve) => setTimeout(resolve, retryDelay));
    }
  }

  /** Reads the stream to its end, or to where it breaks off. */
  async function read(
    runId: string,
    signal: AbortSignal,
    push: (event: RunEvent) => void,
  ): Promise<HeddleError | undefined> {
    try {
      const stream = await runs().follow({ runId, after: get().view!.lastSeq }, { signal });
      if (!signal.aborted) set({ phase: "following" });
      for await (const events of stream) for (const event of events) push(event);
      return undefined;
    } catch (thrown) {
      return HeddleError.from(thrown);
    }
  }

  function fold(events: RunEvent[]): void {
    set({ view: applyEvents(get().view!, events) });
  }

  async function cancel(): Promise<void> {
    const { view } = get();
    if (!view || hasEnded(view)) return;
    try {
      await runs().cancel({ runId: view.runId });
    } catch (thrown) {
      set({ error: HeddleError.from(thrown) });
    }
  }

  function clear(): void {
    following?.abort();
    set({ ...NOTHING_SHOWN, phase: "idle" });
  }

  return store;
}
