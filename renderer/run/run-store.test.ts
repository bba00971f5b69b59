import { describe, expect, it } from "vitest";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { RunEvent } from "../../engine/run/events.ts";
import { createRunStore, type RunStoreOptions } from "./create-run-store.ts";

type Runs = ReturnType<RunStoreOptions["runs"]>;
type EventStream = Awaited<ReturnType<Runs["follow"]>>;

const base = { runId: "r1", at: 1000 };
const started: RunEvent = {
  ...base,
  type: "run.started",
  seq: 1,
  flow: "triage",
  revision: "x",
  input: { message: "hi" },
};
const ready: RunEvent = { ...base, type: "step.ready", seq: 2, path: "reply", node: "reply" };
const running: RunEvent = { ...base, type: "step.started", seq: 3, path: "reply", node: "reply", attempt: 1 };
const said = (n: number, text: string): RunEvent => ({
  ...base,
  type: "step.delta",
  path: "reply",
  node: "reply",
  attempt: 1,
  n,
  text,
});
const completed: RunEvent = {
  ...base,
  type: "run.completed",
  seq: 4,
  output: { text: "Hello" },
  usage: { inputTokens: 3, outputTokens: 2 },
};

/** A host whose streams are scripted: each subscription plays the next script; an Error in it breaks the stream off. */
function host(...scripts: (RunEvent | RunEvent[] | Error)[][]) {
  const asked: number[] = [];
  const cancelled: string[] = [];
  async function* play(script: (RunEvent | RunEvent[] | Error)[]) {
    for (const item of script) {
      if (item instanceof Error) throw item;
      yield [item].flat();
    }
  }
  const runs = {
    start: async () => ({ runId: "r1" }),
    fork: async () => ({ runId: "r1", reused: ["start", "triage"] }),
    replay: async () => ({ runId: "r1", diverged: "reply" }),
    follow: async ({ after = 0 }: { after?: number }) => {
      asked.push(after);
      return play(scripts.shift() ?? []) as unknown as EventStream;
    },
    cancel: async ({ runId }: { runId: string }) => {
      cancelled.push(runId);
      return { ok: true as const };
    },
  } as unknown as Runs;
  return { runs: () => runs, asked, cancelled };
}

const soon = (callback: () => void) => {
  queueMicrotask(callback);
  return () => undefined;
};

const until = (store: ReturnType<typeof createRunStore>, met: (state: ReturnType<typeof store.getState>) => boolean) =>
  new Promise<void>((resolve) => {
    if (met(store.getState())) return resolve();
    const stop = store.subscribe((state) => {
      if (!met(state)) return;
      stop();
      resolve();
    });
  });

const request = { flow: "triage", text: "heddle: 1", input: { message: "hi" } };

describe("run store", () => {
  it("takes several events that are told together", async () => {
    const { runs } = host([
      [started, ready, running],
      [said(0, "Hel"), said(3, "lo"), completed],
    ]);
    const store = createRunStore({ runs, schedule: soon, now: () => 0 });
    await store.getState().start(request);
    await until(store, ({ phase }) => phase === "ended");
    expect(store.getState().view).toMatchObject({
      state: "succeeded",
      lastSeq: 4,
      steps: { reply: { text: "Hello" } },
    });
  });

  it("follows a run from its start to its end", async () => {
    const { runs } = host([started, ready, running, said(0, "Hel"), said(3, "lo"), completed]);
    const store = createRunStore({ runs, schedule: soon, now: () => 0 });
    const texts: string[] = [];
    store.subscribe(({ view }) => view?.steps["reply"] && texts.push(view.steps["reply"].text));
    await store.getState().start(request);
    await until(store, ({ phase }) => phase === "ended");
    expect(store.getState().view).toMatchObject({ flow: "triage", state: "succeeded", output: { text: "Hello" } });
    expect(texts).toContain("Hel");
    expect(texts.at(-1)).toBe("Hello");
  });

  it("takes the stream up again after the last event it saw", async () => {
    const broken = new HeddleError("host.disconnected");
    const { runs, asked } = host(
      [started, ready, running, said(0, "Hel"), broken],
      [running, said(0, "Hello"), completed],
    );
    const store = createRunStore({ runs, schedule: soon, now: () => 0, retryDelay: 0 });
    await store.getState().start(request);
    await until(store, ({ phase }) => phase === "ended");
    expect(asked).toEqual([0, 3]);
    expect(store.getState().view?.steps["reply"]?.text).toBe("Hello");
    expect(store.getState().view?.state).toBe("succeeded");
    expect(store.getState().error).toBeNull();
  });

  it("says why a run could not start", async () => {
    const { runs } = host();
    const refusing = () => ({
      ...runs(),
      start: (async () => {
        throw new HeddleError("input.invalid", { where: "message", detail: "is missing" });
      }) as unknown as Runs["start"],
    });
    const store = createRunStore({ runs: refusing, schedule: soon, now: () => 0 });
    expect(await store.getState().start(request)).toBeUndefined();
    expect(store.getState()).toMatchObject({ phase: "idle", view: null });
    expect(store.getState().error?.code).toBe("input.invalid");
  });

  it("lets go of a run when another one is shown", async () => {
    const { runs, asked } = host([started, ready], [started, completed]);
    const store = createRunStore({ runs, schedule: soon, now: () => 0, retryDelay: 0 });
    store.getState().show("r0");
    store.getState().show("r1");
    await until(store, ({ phase }) => phase === "ended");
    expect(asked).toHaveLength(2);
    expect(store.getState().view?.runId).toBe("r1");
  });

  it("says what a fork took over, until another run is shown", async () => {
    const { runs } = host([started, completed], [started, completed]);
    const store = createRunStore({ runs, schedule: soon, now: () => 0 });
    await store.getState().fork({ runId: "r0", text: "heddle: 1", from: "reply" });
    expect(store.getState()).toMatchObject({ reused: ["start", "triage"], diverged: null });
    store.getState().show("r1");
    expect(store.getState().reused).toEqual([]);
  });

  it("says which run an opened one was made from", () => {
    const { runs } = host([started, completed], [started, completed]);
    const store = createRunStore({ runs, schedule: soon, now: () => 0 });
    store.getState().show("r1", { runId: "r0", kind: "fork" });
    expect(store.getState().madeFrom).toEqual({ runId: "r0", kind: "fork" });
    store.getState().show("r0");
    expect(store.getState().madeFrom).toBeNull();
  });

  it("says where a replay would go another way", async () => {
    const { runs } = host([started, completed]);
    const store = createRunStore({ runs, schedule: soon, now: () => 0 });
    await store.getState().replay("r0");
    await until(store, ({ phase }) => phase === "ended");
    expect(store.getState()).toMatchObject({ diverged: "reply", view: { state: "succeeded" } });
  });

  it("cancels only what still runs", async () => {
    const { runs, cancelled } = host([started, completed]);
    const store = createRunStore({ runs, schedule: soon, now: () => 0 });
    await store.getState().start(request);
    await store.getState().cancel();
    await until(store, ({ phase }) => phase === "ended");
    await store.getState().cancel();
    expect(cancelled).toEqual(["r1"]);
  });
});
