import { z } from "zod";
import type { JsonObject, JsonValue } from "../../lib/json.ts";
import type { AnyNode } from "../../node/define.ts";
import { expression, field, jsonTemplate } from "../../node/fields.ts";
import type { Ended, Operation } from "../../node/operation.ts";
import { contractNode, record } from "./contract-node.ts";

/** Runs its body for each item; with `settle` failed rounds are listed instead of failing it. */
const rounds = contractNode({
  type: "rounds",
  config: z.object({
    items: expression({}),
    concurrency: z.int().default(3),
    settle: z.boolean().default(false),
    collect: jsonTemplate({ within: "body" }).optional(),
  }),
  initial: { items: "[1, 2]", concurrency: 3, settle: false },
  effects: false,
  body: () => ({ locals: { item: {}, index: { type: "integer" } } }),
  output: () => record("items", "failed", "text"),
  *process({ config }) {
    const operations = (config.items as JsonValue[]).map((item, index): Operation => ({
      kind: "body",
      round: index,
      locals: { item, index },
    }));
    const collected = (value: JsonValue) => (value as JsonObject)["collect"] ?? null;
    const { concurrency } = config;
    if (!config.settle) {
      const results = (yield { kind: "all", operations, concurrency }) as JsonValue[];
      const items = results.map(collected);
      return { output: { items, failed: [], text: items.join() } };
    }
    const ended = (yield { kind: "all", operations, concurrency, settle: true }) as unknown as Ended[];
    const items = ended.map((one) => (one.ok ? collected(one.value) : null));
    const failed = ended.flatMap((one, index) => (one.ok ? [] : [{ index, code: one.error.code }]));
    return { output: { items, failed, text: items.join() } };
  },
});

/** Runs its body again and again with a state, while a condition holds. */
const again = contractNode({
  type: "again",
  config: z.object({
    state: jsonTemplate({}).default(null),
    while: expression({ within: "locals" }),
    next: jsonTemplate({ within: "body" }).default(null),
  }),
  initial: { state: null, while: "false", next: null },
  effects: false,
  body: () => ({ locals: { state: {}, index: { type: "integer" } } }),
  output: () => record("state", "rounds", "text"),
  *process({ config }) {
    let { state } = config;
    for (let index = 0; ; index++) {
      const locals = { state, index };
      const asked = (yield { kind: "evaluate", locals }) as JsonObject;
      if (asked["while"] !== true) return { output: { state, rounds: index, text: String(state) } };
      const result = (yield { kind: "body", round: index, locals }) as JsonObject;
      state = result["next"] ?? null;
    }
  },
});

/** Runs another flow and streams its answer. */
const call = contractNode({
  type: "call",
  config: z.object({ flow: field(z.string(), { widget: "flow" }), input: jsonTemplate({}).default(null) }),
  initial: { flow: "", input: null },
  effects: false,
  streams: "text",
  output: () => record("text"),
  *process({ config }) {
    const output = yield { kind: "child", name: "flow", flow: config.flow, input: config.input };
    return { output };
  },
});

/** Sets variables. */
const put = contractNode({
  type: "put",
  config: z.object({ values: jsonTemplate({}) }),
  initial: { values: {} },
  effects: false,
  assigns: true,
  output: ({ values }) => record(...Object.keys(values ?? {})),
  run: ({ config }) => ({ output: config.values }),
});

/** Begins when the flow failed. */
const rescue = contractNode({
  type: "rescue",
  config: z.object({}),
  initial: {},
  effects: false,
  hasInput: false,
  handlesFailure: true,
  output: () => record("code", "node", "path"),
  run({ input }) {
    const { error, node, path } = input as { error: { code: string }; node: string; path: string };
    return { output: { code: error.code, node, path } };
  },
});

export const CONTAINER_NODES: readonly AnyNode[] = [rounds, again, call, put, rescue];
