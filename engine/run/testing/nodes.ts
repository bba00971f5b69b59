import { z } from "zod";
import { HeddleError } from "../../lib/errors/error.ts";
import type { JsonValue } from "../../lib/json.ts";
import { defineNode, type AnyNode } from "../../node/define.ts";
import { jsonTemplate, template } from "../../node/fields.ts";
import { all, step, type Operation, type StepContext } from "../../node/operation.ts";
import { CONTAINER_NODES } from "./container-nodes.ts";
import { contractNode, PROBE, record, tell, text, untilAborted } from "./contract-node.ts";
import { WAITING_NODES } from "./waiting-nodes.ts";

const begin = contractNode({
  type: "begin",
  config: z.object({}),
  initial: {},
  effects: false,
  hasInput: false,
  output: () => record("value"),
  run: ({ input }) => ({ output: { value: input } }),
});

const echo = contractNode({
  type: "echo",
  config: z.object({ value: jsonTemplate({}).default(null) }),
  initial: { value: null },
  output: () => record("value", "seed", "key"),
  async run({ config }, ctx) {
    await tell(ctx, "executed");
    ctx.addUsage({ inputTokens: 3, outputTokens: 2 });
    return { output: { value: config.value, seed: ctx.seed, key: ctx.idempotencyKey } };
  },
});

const compute = contractNode({
  type: "compute",
  config: z.object({ value: jsonTemplate({}).default(null) }),
  initial: { value: null },
  effects: false,
  output: () => record("value"),
  run: ({ config }) => ({ output: { value: config.value } }),
});

const gate = contractNode({
  type: "gate",
  config: z.object({ port: template({}), ports: z.array(z.string()) }),
  initial: { port: "left", ports: ["left", "right"] },
  output: () => record("port"),
  ports: ({ ports }) => ports.map((id) => ({ id })),
  async run({ config }, ctx) {
    await tell(ctx, "executed");
    return { output: { port: config.port }, port: config.port };
  },
});

const flaky = contractNode({
  type: "flaky",
  config: z.object({ failures: z.int(), retryable: z.boolean().default(true), says: z.string().default("") }),
  initial: { failures: 1, retryable: true, says: "" },
  streams: "text",
  output: () => record("text"),
  async run({ config }, ctx) {
    await tell(ctx, "executed");
    const text = `${config.says}${ctx.attempt}`;
    ctx.emit(text);
    if (ctx.attempt > config.failures) return { output: { text } };
    throw new HeddleError("model.unreachable", { url: "probe", detail: text }, { retryable: config.retryable });
  },
});

const speak = contractNode({
  type: "speak",
  config: z.object({ text: template({}) }),
  initial: { text: "" },
  streams: "text",
  output: () => record("text"),
  async run({ config }, ctx) {
    await tell(ctx, "executed");
    for (const word of config.text.split(/(?<= )/)) {
      ctx.emit(word);
      await tell(ctx, "said", { word });
    }
    return { output: { text: config.text } };
  },
});

const hang = contractNode({
  type: "hang",
  config: z.object({}),
  initial: {},
  output: () => record("value"),
  async run(_, ctx) {
    await tell(ctx, "executed");
    ctx.emit("waiting");
    return untilAborted(ctx);
  },
});

const work = contractNode({
  type: "work",
  config: z.object({ items: z.array(z.string()), text: template({}) }),
  initial: { items: [], text: "" },
  streams: "text",
  output: () => record("text", "results", "failure"),
  *process({ config }) {
    const first = yield* step("model 1", (ctx) => talk(ctx, "thinking "), { kind: "model", model: "probe" });
    const results = yield* all(config.items.map(lookUp));
    yield { kind: "sleep", name: "pause 1", ms: 1 };
    yield { kind: "sleep", name: "pause 2", ms: 1 };
    let failure: JsonValue = null;
    try {
      yield* step("fails", refuse);
    } catch (thrown) {
      failure = HeddleError.from(thrown).code;
    }
    const last = yield* step("model 2", (ctx) => talk(ctx, config.text), { kind: "model", model: "probe" });
    return { output: { text: last, results: [first, ...results], failure } };
  },
});

async function talk(ctx: StepContext, words: string): Promise<string> {
  await tell(ctx, "executed");
  for (const word of words.split(/(?<= )/)) ctx.emit(word);
  ctx.addUsage({ inputTokens: 10, outputTokens: 1 });
  return words;
}

async function refuse(ctx: StepContext): Promise<JsonValue> {
  await tell(ctx, "executed");
  throw new HeddleError("tool.failed", { server: PROBE, tool: "refuse", detail: "no" });
}

function lookUp(item: string, index: number): Operation {
  const label = { kind: "tool", server: PROBE, tool: "look_up", arguments: { item } } as const;
  const run = async (ctx: StepContext): Promise<JsonValue> => {
    await tell(ctx, "executed");
    return item.toUpperCase();
  };
  return { kind: "step", name: `look_up ${index + 1}`, label, run };
}

const reply = contractNode({
  type: "reply",
  config: z.object({ text: template({}).default("") }),
  initial: { text: "" },
  effects: false,
  answers: { field: "text", output: "text" },
  output: () => record("text"),
  run: ({ config }) => ({ output: { text: config.text } }),
});

const remark = defineNode({
  role: "note",
  type: "remark",
  version: 1,
  family: "io",
  icon: "circle",
  title: text("remark"),
  description: text("remark"),
  docs: text("remark"),
  config: z.object({}),
  initial: {},
  output: () => ({}),
  summary: () => text("remark"),
});

/** What a driver's process registers to run the contract's flows. */
export const CONTRACT_NODES: readonly AnyNode[] = [
  begin,
  echo,
  compute,
  gate,
  flaky,
  speak,
  hang,
  work,
  reply,
  remark,
  ...CONTAINER_NODES,
  ...WAITING_NODES,
];
