import { expect, it } from "vitest";
import { analyzeFlow } from "./analyze.ts";
import { createAnalyzer } from "./analyzer.ts";
import { applyCommand } from "./apply.ts";
import type { FlowCommand } from "./commands.ts";
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

/** Processor time of one round in ms, over all of them: other work on the machine doesn't count. */
function cpuTime(work: (round: number) => void, rounds = 3): number {
  const before = process.threadCpuUsage();
  for (let round = 0; round < rounds; round++) work(round);
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000 / rounds;
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

it("looks only at what changed after an edit", { timeout: 60_000 }, () => {
  const text = largeFlow();
  const source = readFlow(text);
  const types = testTypes;
  const analyzer = createAnalyzer(types);
  analyzer.analyze(source);
  const config = (round: number): FlowCommand => ({
    do: "node.configure",
    key: "n1000",
    path: ["config", "prompt"],
    value: `Round ${round}: {{ start.message }}`,
  });
  const edge = { from: "n990", port: "out", to: "n1000" };
  let { flow } = source;
  let typed = source;
  const edited = (command: FlowCommand): void => {
    flow = applyCommand(flow, command, types).flow;
    analyzer.analyze({ flow, problems: [] });
  };
  const whole = {
    read: cpuTime(() => readFlow(text), 5),
    analyze: cpuTime(() => createAnalyzer(types).analyze(structuredClone({ flow: source.flow, problems: [] })), 5),
  };
  const again = {
    config: cpuTime((round) => edited(config(round)), 40),
    edge: cpuTime((round) => edited({ do: round % 2 === 0 ? "edge.connect" : "edge.disconnect", edge }), 40),
    read: cpuTime((round) => {
      typed = readFlow(text.replace("title: Step 1000\n", `title: Step no. ${round}\n`), typed);
    }, 40),
  };
  console.log(`${SIZE} steps, ms of CPU: whole ${JSON.stringify(whole)}, again ${JSON.stringify(again)}`);
  expect(again.config).toBeLessThan(whole.analyze / 4);
  expect(again.edge).toBeLessThan(whole.analyze / 1.5);
  expect(again.read).toBeLessThan(whole.read / 8);
});
