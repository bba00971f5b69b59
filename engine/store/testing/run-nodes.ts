import { z } from "zod";
import type { AnyNode } from "../../node/define.ts";
import { template } from "../../node/fields.ts";
import { signal } from "../../node/operation.ts";
import { contractNode, record, tell } from "../../run/testing/contract-node.ts";
import { CONTRACT_NODES } from "../../run/testing/nodes.ts";

/** Waits for an event from outside. */
const listen = contractNode({
  type: "listen",
  config: z.object({ event: z.string(), key: template({}).optional() }),
  initial: { event: "paid" },
  effects: false,
  output: () => record("value"),
  *process({ config: { event, key } }) {
    const wait = { kind: "event" as const, event, ...(key !== undefined && { key }) };
    return { output: { value: yield* signal("event", wait) } };
  },
});

/** Waits for so many events, one after the other. */
const collect = contractNode({
  type: "collect",
  config: z.object({ event: z.string(), times: z.int() }),
  initial: { event: "paid", times: 2 },
  effects: false,
  output: () => record("values"),
  *process({ config: { event, times } }) {
    const values = [];
    for (let index = 1; index <= times; index++) values.push(yield* signal(`event ${index}`, { kind: "event", event }));
    return { output: { values } };
  },
});

/** Brings a text of so many characters, a different one for each step. */
const bulk = contractNode({
  type: "bulk",
  config: z.object({ size: z.int() }),
  initial: { size: 1 },
  output: () => record("text"),
  async run({ config }, ctx) {
    await tell(ctx, "executed");
    return { output: { text: `${ctx.idempotencyKey} `.padEnd(config.size, "x") } };
  },
});

/** The contract's nodes, and some that wait for events or bring much. */
export const RUN_NODES: readonly AnyNode[] = [...CONTRACT_NODES, listen, collect, bulk];
