import { expect, it } from "vitest";
import { analyzeFlow } from "./analyze.ts";
import { applyCommand } from "./apply.ts";
import { readFlow } from "./read.ts";
import { testTypes } from "./testing/node-types.ts";
import { freshText } from "./text/fresh.ts";
import { writeFlow } from "./write.ts";

const SIZE = 2000;

/** A long flow: a chain with a shortcut at every step, two references each. */
function largeFlow(): string {
  const nodes = Object.fromEntries(
    Array.from({ length: SIZE }, (_, n) => {
      const before = n === 0 ? "start.message" : `n${n - 1}.text`;
      return [
        `n${n}`,
        {
          type: "write",
          title: `Step ${n}`,
          config: { prompt: `Write {{ ${before} }} and {{ size(start.message) + 1 }}` },
        },
      ];
    }),
  );
  const key = (n: number): string => (n < 0 ? "start" : `n${n}`);
  const edges = Array.from({ length: SIZE }, (_, n) => [
    { from: key(n - 1), port: "out", to: key(n) },
    ...(n % 2 === 1 ? [{ from: key(n - 2), port: "out", to: key(n) }] : []),
  ]).flat();
  return freshText({
    name: "Large",
    nodes: { start: { type: "start" }, ...nodes },
    edges,
    bindings: [],
    layout: {},
    parents: {},
    extra: {},
  });
}

/** CPU time of the quickest of three, in ms: other work on the machine doesn't count. */
function cpuTime(work: () => void): number {
  const times = Array.from({ length: 3 }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}

it(`is quick with ${SIZE} steps and ${SIZE * 1.5} edges`, { timeout: 60_000 }, () => {
  const text = largeFlow();
  const source = readFlow(text);
  expect(analyzeFlow(source, testTypes).problems).toEqual([]);
  const moved = applyCommand(source.flow, { do: "node.move", positions: { n5: [1, 2] } }).flow;
  const times = {
    read: cpuTime(() => readFlow(text)),
    analyze: cpuTime(() => analyzeFlow(source, testTypes)),
    rename: cpuTime(() => applyCommand(source.flow, { do: "node.rename", from: "start", to: "begin" }, testTypes)),
    write: cpuTime(() => writeFlow(source, moved)),
  };
  console.log(`${SIZE} steps, ms of CPU: ${JSON.stringify(times)}`);
  expect(times.analyze).toBeLessThan(500);
  expect(times.read).toBeLessThan(2500);
  expect(times.rename).toBeLessThan(1000);
  expect(times.write).toBeLessThan(4000);
});
