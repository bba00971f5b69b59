import { describe, expect, it } from "vitest";
import { createEventBatch } from "./event-batch.ts";

/** A screen whose frames come when the test says so; `cost` is how long an event takes to fold, in ms. */
function screen(cost = 0) {
  const frames: (() => void)[] = [];
  const delivered: number[][] = [];
  let time = 0;
  const batch = createEventBatch<number>({
    deliver: (events) => {
      delivered.push(events);
      time += events.length * cost;
    },
    schedule: (callback) => {
      frames.push(callback);
      return () => frames.splice(frames.indexOf(callback), 1);
    },
    now: () => time,
  });
  return { batch, delivered, frames, draw: () => frames.shift()?.() };
}

describe("a batch of events", () => {
  it("delivers what came within a frame together, once", () => {
    const { batch, delivered, draw } = screen();
    batch.push(1);
    batch.push(2);
    expect(delivered).toEqual([]);
    draw();
    batch.push(3);
    draw();
    draw();
    expect(delivered).toEqual([[1, 2], [3]]);
  });

  it("spreads a flood over frames, in order, and none takes long", () => {
    const { batch, delivered, frames, draw } = screen(0.05);
    for (let n = 0; n < 20_000; n++) batch.push(n);
    while (frames.length > 0) draw();
    expect(delivered.flat()).toEqual(Array.from({ length: 20_000 }, (_, n) => n));
    expect(Math.max(...delivered.slice(2).map((events) => events.length * 0.05))).toBeLessThanOrEqual(16);
  });

  it("tells when everything was handed over", async () => {
    const { batch, delivered, draw } = screen();
    batch.push(1);
    const drained = batch.drained().then(() => delivered.flat());
    draw();
    expect(await drained).toEqual([1]);
    await batch.drained();
  });

  it("hands over nothing after it was stopped", async () => {
    const { batch, delivered, frames, draw } = screen();
    batch.push(1);
    batch.stop();
    draw();
    expect(frames).toEqual([]);
    expect(delivered).toEqual([]);
    await batch.drained();
  });
});
