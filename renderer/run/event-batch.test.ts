import { expect, it } from "vitest";
import { createEventBatch } from "./event-batch.ts";

it("delivers what came within a frame together, once", () => {
  const frames: (() => void)[] = [];
  const delivered: number[][] = [];
  const batch = createEventBatch<number>(
    (events) => delivered.push(events),
    (callback) => {
      frames.push(callback);
      return () => frames.splice(frames.indexOf(callback), 1);
    },
  );
  batch.push(1);
  batch.push(2);
  expect(delivered).toEqual([]);
  frames[0]!();
  batch.push(3);
  batch.flush();
  batch.flush();
  expect(delivered).toEqual([[1, 2], [3]]);
  expect(frames).toEqual([]);
});
