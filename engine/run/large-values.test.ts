import { expect, it } from "vitest";
import type { JsonValue } from "../lib/json.ts";
import { contractFlow } from "./driver-contract.ts";
import type { DurableEvent } from "./events.ts";
import { runFlow } from "./testing/run-flow.ts";

const LARGE = "x".repeat(5_000);

/** Keeps values with more than a thousand characters of JSON elsewhere, and counts how often one is read. */
function store() {
  const kept = new Map<string, JsonValue>();
  const read: string[] = [];
  const hold = (value: JsonValue) => {
    const text = JSON.stringify(value);
    if (text.length < 1_000) return undefined;
    const digest = [...kept].find(([, one]) => JSON.stringify(one) === text)?.[0] ?? `d${kept.size}`;
    kept.set(digest, value);
    const reads = () => (read.push(digest), kept.get(digest)!);
    return { digest, bytes: text.length, preview: text.slice(0, 20), read: reads };
  };
  return { hold, read, kept };
}

const completed = (events: readonly DurableEvent[], path: string) =>
  events.find((event) => event.type === "step.completed" && event.path === path);

it("tells the beginning of a large value and where the whole is, and reads it for who refers to it", async () => {
  const flow = contractFlow(
    `a: { type: echo, config: { value: "{{ start.value }}" } }
b: { type: compute, config: { value: "{{ size(a.value) }}" } }
c: { type: compute, config: { value: "nothing of it" } }`,
    "start -> a, a -> b, b -> c",
  );
  const { hold, read } = store();
  const { events } = await runFlow(flow, { input: LARGE, hold });
  expect(completed(events, "a")).toMatchObject({
    output: expect.stringMatching(/^\{"value":"x/),
    large: { output: {} },
  });
  expect(completed(events, "b")).toMatchObject({ output: { value: 5_000 } });
  expect(events.find((event) => event.type === "run.started")).toMatchObject({ large: { input: { bytes: 5_002 } } });
  // `start` for `a`, `a` for `b`.
  expect(read).toHaveLength(2);
});

it("keeps equal values once", async () => {
  const flow = contractFlow(
    `a: { type: compute, config: { value: "{{ start.value }}" } }\nb: { type: compute, config: { value: "{{ start.value }}" } }`,
    "start -> a, start -> b",
  );
  const { hold, kept } = store();
  await runFlow(flow, { input: LARGE, hold });
  // The input itself, and the object with it: output and input of all three.
  expect(kept.size).toBe(2);
});

it("hands them into rounds, to macros and to what undoes a step without reading them for nothing", async () => {
  const flow = contractFlow(
    `big: { type: echo, config: { value: "{{ start.value }}" } }
each: { type: rounds, config: { items: "[1, 2]", collect: "{{ x.value }}" }, body: {
  nodes: { x: { type: echo, config: { value: "{{ item == 1 ? size(big.value) : 0 }}" } } } } }
some: { type: compute, config: { value: "{{ [1, 2, 3].map(n, n * 2) }}" } }
undo_it: { type: echo, config: { value: "{{ size(big.value) }}" } }
boom: { type: flaky, config: { failures: 9 } }`,
    "start -> big, big -> each, each -> some, some -> boom, big.undo -> undo_it",
  );
  const { hold, read } = store();
  const { events } = await runFlow(flow, { input: LARGE, hold });
  expect(completed(events, "each")).toMatchObject({ output: { items: [5_000, 0] } });
  expect(completed(events, "undo_it")).toMatchObject({ output: { value: 5_000 } });
  // `start` for `big`; `big` for the first round and for its undo.
  expect(read).toHaveLength(3);
});
