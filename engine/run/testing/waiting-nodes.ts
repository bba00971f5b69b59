import { z } from "zod";
import type { AnyNode } from "../../node/define.ts";
import { template } from "../../node/fields.ts";
import { race, signal, type Operation } from "../../node/operation.ts";
import { contractNode, record, tell, untilAborted } from "./contract-node.ts";

/** Asks somebody; with a deadline it goes on by another way when nobody answers in time. */
const ask = contractNode({
  type: "ask",
  config: z.object({ title: template({}), within: z.number().optional() }),
  initial: { title: "?" },
  effects: false,
  output: () => record("answer"),
  ports: () => [{ id: "out" }, { id: "late" }],
  *process({ config: { title, within } }) {
    const wait = { kind: "task" as const, title, details: "", choices: [{ id: "yes", label: "Yes" }] };
    if (within === undefined) return { output: { answer: yield* signal("answer", wait) } };
    const first = yield* race([
      { kind: "signal", name: "answer", wait: { ...wait, within } },
      { kind: "sleep", name: "deadline", ms: within, wait: { kind: "delay" } },
    ]);
    return first.index === 0 ? { output: { answer: first.value } } : { output: { answer: null }, port: "late" };
  },
});

/** Waits a while, as people see it. */
const rest = contractNode({
  type: "rest",
  config: z.object({ ms: z.number() }),
  initial: { ms: 1 },
  effects: false,
  output: () => record("value"),
  *process({ config: { ms } }) {
    yield { kind: "sleep", name: "pause", ms, wait: { kind: "delay" } };
    return { output: { value: "rested" } };
  },
});

/** The first of two steps wins: one ends at once, the other only when it is given up. */
const rivals = contractNode({
  type: "rivals",
  config: z.object({}),
  initial: {},
  output: () => record("index", "value"),
  *process() {
    const slow: Operation = {
      kind: "step",
      name: "slow",
      async run(ctx) {
        await tell(ctx, "executed");
        return untilAborted(ctx);
      },
    };
    const fast: Operation = {
      kind: "step",
      name: "fast",
      async run(ctx) {
        await tell(ctx, "executed");
        return "quick";
      },
    };
    const { index, value } = yield* race([slow, fast]);
    return { output: { index, value } };
  },
});

/** A mistake in a node type: it names two steps alike, the second when the first has ended. */
const twice = contractNode({
  type: "twice",
  config: z.object({}),
  initial: {},
  output: () => record("value"),
  *process() {
    const one: Operation = { kind: "step", name: "same", run: async () => "x" };
    yield { kind: "all", operations: [one, one], concurrency: 1 };
    return { output: { value: null } };
  },
});

/** A trigger, of which a flow may have several. */
const knock = contractNode({
  type: "knock",
  config: z.object({}),
  initial: {},
  effects: false,
  hasInput: false,
  trigger: "webhook",
  output: () => record("value"),
  run: ({ input }) => ({ output: { value: input } }),
});

export const WAITING_NODES: readonly AnyNode[] = [ask, rest, rivals, twice, knock];
