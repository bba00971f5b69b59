import { z } from "zod";
import type { SerializedError } from "../../engine/lib/errors/error.ts";
import type { JsonObject, JsonSchema, JsonValue } from "../../engine/lib/json.ts";
import type { Text } from "../../engine/lib/text.ts";
import { defineNode } from "../../engine/node/define.ts";
import { expression, field, jsonTemplate } from "../../engine/node/fields.ts";
import type { Ended, NodeProcess, Operation } from "../../engine/node/operation.ts";
import { EACH_DOCS } from "./each-docs.ts";
import { itemSchema, itemsOf } from "./each-items.ts";

const KEEP: Text = { en: "Keep of each round", zh: "每轮保留" };

const config = z.object({
  items: expression({
    label: { en: "For each of", zh: "遍历" },
    help: {
      en: "A list, an object (each entry as key and value) or a number (that many rounds).",
      zh: "列表、对象（每项为 key 和 value）或数字（执行相应次数）。",
    },
    placeholder: { en: "order.lines", zh: "order.lines" },
  }),
  collect: jsonTemplate({
    label: KEEP,
    help: {
      en: "Read at the end of a round: steps inside, {{ item }} and {{ index }}. Empty keeps nothing.",
      zh: "每轮结束时读取：内部步骤、{{ item }} 和 {{ index }}。留空则不保留。",
    },
    within: "body",
  }).optional(),
  concurrency: field(z.int().min(1).max(256).default(4), {
    label: { en: "At once", zh: "同时执行" },
    help: {
      en: "How many rounds run side by side. 1 keeps their order in time too.",
      zh: "并行的轮数；1 表示按顺序逐轮执行。",
    },
  }),
  onError: field(z.enum(["stop", "skip", "collect"]).default("stop"), {
    label: { en: "When a round fails", zh: "某轮失败时" },
    choices: {
      stop: { en: "Fail", zh: "步骤失败" },
      skip: { en: "Leave it out", zh: "略去该轮" },
      collect: { en: "Keep null for it", zh: "记为 null" },
    },
    help: {
      en: "stop: the step fails. skip: its result is left out. collect: its result is null. Failed rounds are listed.",
      zh: "stop：步骤失败；skip：略去该轮结果；collect：该轮结果为 null。失败的轮次会列出。",
    },
  }),
  limit: field(z.int().min(1).max(1_000_000).default(10_000), {
    label: { en: "Rounds at most", zh: "最多轮数" },
    help: {
      en: "A longer list is an error, so that a mistake doesn’t run for hours.",
      zh: "更长的列表会报错，以免误运行数小时。",
    },
    advanced: true,
  }),
});
export type EachConfig = z.infer<typeof config>;

const FAILED: JsonSchema = {
  type: "object",
  properties: {
    index: { type: "integer" },
    error: {
      type: "object",
      properties: { code: { type: "string" }, message: { type: "string" } },
      required: ["code", "message"],
      additionalProperties: true,
    },
  },
  required: ["index", "error"],
  additionalProperties: false,
};

function* everyRound({ config }: { config: EachConfig }): NodeProcess {
  const { collect, concurrency, onError } = config;
  const operations = itemsOf(config.items, config.limit).map((item, index): Operation => ({
    kind: "body",
    round: index,
    locals: { item, index },
  }));
  const keep = (result: JsonValue): JsonValue => (result as JsonObject)["collect"] ?? null;
  if (onError === "stop") {
    const results = (yield { kind: "all", operations, concurrency }) as JsonValue[];
    return { output: { items: collect === undefined ? [] : results.map(keep), count: results.length, failed: [] } };
  }
  const ended = (yield { kind: "all", operations, concurrency, settle: true }) as unknown as Ended[];
  const failed = ended.flatMap((one, index) => (one.ok ? [] : [{ index, error: publicError(one.error) }]));
  const kept = onError === "skip" ? ended.filter((one) => one.ok) : ended;
  const items = kept.map((one) => (one.ok ? keep(one.value) : null));
  return { output: { items: collect === undefined ? [] : items, count: ended.length, failed } };
}

const publicError = ({ code, message }: SerializedError): JsonObject => ({ code, message });

/** Runs the steps inside it once for each item, several at a time; results in the order of the items. */
export const each = defineNode<EachConfig>({
  role: "step",
  type: "each",
  version: 1,
  family: "logic",
  icon: "repeat",
  title: { en: "For each", zh: "逐项处理" },
  description: { en: "Runs the steps inside it once for each item of a list.", zh: "对列表的每一项运行一遍内部步骤。" },
  docs: EACH_DOCS,
  config,
  initial: { items: "", concurrency: 4, onError: "stop", limit: 10_000 },
  effects: false,
  body: ({ concurrency, collect }, inference) => ({
    parallel: concurrency > 1,
    ...(collect === undefined && { keepsNothing: KEEP }),
    locals: { item: itemSchema(inference.valueAt(["items"])), index: { type: "integer" } },
  }),
  output({ collect, onError }, inference) {
    const kept = collect === undefined ? {} : inference.valueAt(["collect"]);
    const item: JsonSchema = onError === "collect" ? { anyOf: [kept, { type: "null" }] } : kept;
    return {
      type: "object",
      properties: {
        items: { type: "array", items: item, description: "What was kept, in the order of the items." },
        count: { type: "integer", description: "How many rounds there were." },
        failed: { type: "array", items: FAILED, description: "The rounds that failed." },
      },
      required: ["items", "count", "failed"],
      additionalProperties: false,
    };
  },
  summary({ items, concurrency }) {
    if (items === "") return { en: "Choose a list", zh: "请选择列表" };
    const of = typeof items === "string" ? `{{ ${items} }}` : JSON.stringify(items);
    if (concurrency === 1) return { en: `For each of ${of}, one by one`, zh: `逐个处理 ${of}` };
    return {
      en: `For each of ${of}, **${concurrency}** at once`,
      zh: `处理 ${of} 的每一项，同时 **${concurrency}** 个`,
    };
  },
  process: everyRound,
  samples: [
    {
      name: "runs its body for each item and keeps the order",
      config: {
        items: "order.lines",
        collect: { label: "{{ index + 1 }}: {{ words.text }}", price: "{{ item.price }}" },
        concurrency: 2,
        onError: "stop",
        limit: 100,
      },
      scope: {
        order: {
          lines: [
            { name: "tea", price: 4 },
            { name: "milk", price: 1.5 },
          ],
        },
      },
      body: { nodes: { words: { type: "template", config: { text: "{{ item.name }}" } } } },
      output: {
        items: [
          { label: "1: tea", price: 4 },
          { label: "2: milk", price: 1.5 },
        ],
        count: 2,
        failed: [],
      },
    },
    {
      name: "has nothing to do for an empty list",
      config: { items: "order.lines", collect: "{{ item }}", concurrency: 4, onError: "stop", limit: 100 },
      scope: { order: { lines: [] } },
      body: { nodes: { words: { type: "template", config: { text: "{{ item }}" } } } },
      output: { items: [], count: 0, failed: [] },
    },
    {
      name: "goes on behind a round that failed, and says which one it was",
      config: { items: "[1, 2]", collect: "{{ item }}", concurrency: 1, onError: "skip", limit: 100 },
      body: {
        nodes: {
          odd: { type: "condition", config: { cases: [{ id: "second", when: "item == 2" }] } },
          refuse: { type: "stop", config: { message: "Not {{ item }}." } },
        },
        edges: [{ from: "odd", port: "second", to: "refuse" }],
      },
      output: { items: [1], count: 2, failed: [{ index: 1, error: { code: "flow.stopped", message: "Not 2." } }] },
    },
  ],
});
