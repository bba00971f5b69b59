import { createStore, type StoreApi } from "zustand/vanilla";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonValue } from "../../engine/lib/json.ts";
import type { HostClient } from "../../engine/rpc/client/index.ts";
import type { RunEvent } from "../../engine/run/events.ts";
import { applyEvent, emptyRunView, type RunView } from "../../engine/run/view.ts";
import { createEventBatch, type Schedule } from "./event-batch.ts";

export interface RunRequest {
  /** The flow's file name without ending. */
  flow: string;
  /** The document as it is, unsaved edits included. */
  text: string;
  input: JsonValue;
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
  /** Resolves with the run's id once it is recorded; undefined when it could not start (see `error`). */
  start(request: RunRequest): Promise<string | undefined>;
  /** Opens any run, past or going on. */
  show(runId: string): void;
  cancel(): Promise<void>;
  selectStep(path: string | null): void;
  /** Shows no run: the canvas is blank again. */
  clear(): void;
}

export interface RunStoreOptions {
  runs: () => Pick<HostClient["runs"], "start" | "events" | "cancel">;
  schedule: Schedule;
  /** ms before the stream is taken up again */
  retryDelay?: number;
}

const ENDED: readonly RunView["state"][] = ["succeeded", "failed", "cancelled"];

/** Whether a run is over. */
export const hasEnded = (view: RunView): boolean => ENDED.includes(view.state);

export function createRunStore({ runs, schedule, retryDelay = 500 }: RunStoreOptions): StoreApi<RunStore> {
  let following: AbortController | undefined;

  const store = createStore<RunStore>(() => ({
    view: null,
    phase: "idle",
    error: null,
    step: null,
    start,
    show: (runId) => void follow(runId),
    cancel,
    selectStep: (step) => set({ step }),
    clear,
  }));
  const { getState: get, setState: set } = store;

  async function start(request: RunRequest): Promise<string | undefined> {
    following?.abort();
    set({ phase: "starting", error: null, step: null, view: null });
    try {
      const { runId } = await runs().start(request);
      void follow(runId);
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
    set({ view: emptyRunView(runId), phase: "following", error: null, step: null });
    const batch = createEventBatch<RunEvent>((events) => !signal.aborted && fold(events), schedule);
    while (!signal.aborted) {
      const problem = await read(runId, signal, batch.push);
      if (signal.aborted) return;
      batch.flush();
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
      const stream = await runs().events({ runId, after: get().view!.lastSeq }, { signal });
      if (!signal.aborted) set({ phase: "following" });
      for await (const event of stream) push(event);
      return undefined;
    } catch (thrown) {
      return HeddleError.from(thrown);
    }
  }

  function fold(events: RunEvent[]): void {
    set({ view: events.reduce(applyEvent, get().view!) });
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
    set({ view: null, phase: "idle", error: null, step: null });
  }

  return store;
}
