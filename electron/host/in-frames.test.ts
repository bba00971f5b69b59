import { describe, expect, it } from "vitest";
import type { RunEvent } from "../../engine/run/events.ts";
import { spliceText } from "../../engine/run/live-text.ts";
import { inFrames } from "./in-frames.ts";

const at = 0;
const step = (n: number, text: string, path = "reply"): RunEvent => ({
  type: "step.delta",
  runId: "r",
  at,
  attempt: 1,
  n,
  path,
  node: path,
  text,
});
const answer = (n: number, text: string): RunEvent => ({ type: "answer.delta", runId: "r", at, n, text });
const durable = (seq: number): RunEvent => ({ type: "step.skipped", runId: "r", seq, at, path: "x", node: "x" });

async function* of(...events: RunEvent[]): AsyncGenerator<RunEvent> {
  yield* events;
}

/** What is told, message by message. */
async function messages(events: AsyncIterable<RunEvent>, options = {}): Promise<RunEvent[][]> {
  const told: RunEvent[][] = [];
  for await (const message of inFrames(events, { frame: 5, ...options })) told.push(message);
  return told;
}

const all = async (events: AsyncIterable<RunEvent>) => (await messages(events)).flat();

describe("telling events", () => {
  it("tells those of a frame together", async () => {
    expect(await messages(of(durable(1), durable(2), step(0, "a"), durable(3)), { frame: 10_000 })).toEqual([
      [durable(1), durable(2), step(0, "a"), durable(3)],
    ]);
  });

  it("tells the last frame when the run is over, not later", async () => {
    const events = inFrames(of(durable(1)), { frame: 1_000_000 });
    expect(await events.next()).toEqual({ value: [durable(1)], done: false });
  });

  it("tells a long past in parts", async () => {
    const past = Array.from({ length: 7 }, (_, n) => durable(n));
    const told = await messages(of(...past), { frame: 10_000, most: 3 });
    expect(told.map(({ length }) => length)).toEqual([3, 3, 1]);
    expect(told.flat()).toEqual(past);
  });

  it("doesn't wait for a pause where events never pause", async () => {
    let left = false;
    async function* endless(): AsyncGenerator<RunEvent> {
      for (let n = 0; !left; n++) yield durable(n);
    }
    const events = inFrames(endless(), { frame: 5, most: Infinity });
    expect((await events.next()).value?.[0]).toEqual(durable(0));
    left = true;
    await events.return();
  });
});

describe("joining streamed text", () => {
  it("joins the pieces of each step, and of the answer, that arrive within a frame", async () => {
    const events = await all(of(step(0, "a"), answer(0, "a"), step(1, "b"), answer(1, "b"), step(0, "z", "other")));
    expect(events).toEqual([step(0, "ab"), answer(0, "ab"), step(0, "z", "other")]);
  });

  it("keeps a rewind apart, so that the reader's text goes back too", async () => {
    const events = await all(of(step(0, "wrong"), step(0, "ri"), step(2, "ght")));
    expect(events).toEqual([step(0, "wrong"), step(0, "right")]);
    expect(events.reduce((text, event) => ("n" in event ? spliceText(text, event) : text), "")).toBe("right");
  });

  it("never lets a durable event overtake the text before it", async () => {
    const events = await all(of(durable(1), step(1, "a"), durable(2), step(2, "b"), durable(3)));
    expect(events).toEqual([durable(1), step(1, "a"), durable(2), step(2, "b"), durable(3)]);
  });

  it("delivers text after a frame although nothing else follows", async () => {
    const more = Promise.withResolvers<void>();
    async function* slow(): AsyncGenerator<RunEvent> {
      yield step(1, "a");
      await more.promise;
      yield step(2, "b");
    }
    const events = inFrames(slow(), { frame: 5 });
    expect((await events.next()).value).toEqual([step(1, "a")]);
    more.resolve();
    expect((await events.next()).value).toEqual([step(2, "b")]);
    expect((await events.next()).done).toBe(true);
  });

  it("passes a failure on after the events before it, and ends the source when its reader leaves", async () => {
    let ended = false;
    async function* failing(): AsyncGenerator<RunEvent> {
      try {
        yield durable(1);
        yield durable(2);
        throw new Error("gone");
      } finally {
        ended = true;
      }
    }
    const failed = inFrames(failing(), { frame: 10_000 });
    expect((await failed.next()).value).toEqual([durable(1), durable(2)]);
    await expect(failed.next()).rejects.toThrow("gone");
    ended = false;
    const events = inFrames(failing(), { most: 1 });
    await events.next();
    await events.return();
    expect(ended).toBe(true);
  });
});
