import { HeddleError } from "../../engine/lib/errors/error.ts";
import { shown } from "../../engine/expr/index.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../engine/lib/json.ts";
import { defineNode } from "../../engine/node/define.ts";
import type { NodeProcess } from "../../engine/node/operation.ts";
import { loopConfig, LOOP_DOCS, NEXT, type LoopConfig } from "./loop-config.ts";
import { loopOutput, stateSchema } from "./loop-schema.ts";

/** Rounds one after the other, each with the state that the one before left. Constant in memory, however many there are. */
function* rounds({ config }: { config: LoopConfig }): NodeProcess {
  const times = timesOf(config.times ?? null);
  const ended = (state: JsonValue, count: number, limitReached = false) => ({
    output: { state, rounds: count, limitReached },
  });
  let state: JsonValue = config.state ?? null;
  for (let index = 0; ; index++) {
    if (times !== undefined && index >= times) return ended(state, index);
    const locals: JsonObject = { state, index };
    if (isWritten(config.while)) {
      const asked = yield { kind: "evaluate", locals };
      if (!isTrue("while", asked)) return ended(state, index);
    }
    if (index >= config.limit) {
      if (config.atLimit === "continue") return ended(state, index, true);
      throw new HeddleError("loop.limit", { limit: config.limit });
    }
    const result = yield { kind: "body", round: index, locals };
    if (config.next !== undefined) state = (result as JsonObject)["next"] ?? null;
    if (isWritten(config.until) && isTrue("until", result)) return ended(state, index + 1);
  }
}

const isWritten = (condition: JsonValue | undefined): boolean =>
  condition !== undefined && condition !== null && condition !== "";

/** Empty counts as false, as in a condition. */
function isTrue(field: "while" | "until", rendered: JsonValue): boolean {
  const value = isJsonObject(rendered) ? (rendered[field] ?? null) : null;
  if (typeof value === "boolean") return value;
  if (value === null) return false;
  throw new HeddleError("loop.not-boolean", { field, value: shown(value) });
}

function timesOf(value: JsonValue): number | undefined {
  if (value === null || value === "") return undefined;
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) return value;
  throw new HeddleError("loop.bad-times", { value: shown(value) });
}

/** Runs the steps inside it again and again, handing a state from round to round. */
export const loop = defineNode<LoopConfig>({
  role: "step",
  type: "loop",
  version: 1,
  family: "logic",
  icon: "rotate-cw",
  title: { en: "Loop", zh: "循环" },
  description: { en: "Repeats the steps inside it until something is true.", zh: "重复内部步骤，直到满足条件。" },
  docs: LOOP_DOCS,
  config: loopConfig,
  initial: { times: 3, limit: 1000, atLimit: "error" },
  effects: false,
  body: ({ state, next }, inference) => ({
    ...(next === undefined && { keepsNothing: NEXT }),
    repeats: { count: "times", until: "until", state: "state", next: "next" },
    locals: { state: stateSchema(state, inference), index: { type: "integer" } },
  }),
  output: loopOutput,
  summary({ times, while: condition, until, limit }) {
    const shown = (value: JsonValue) => (typeof value === "string" ? `{{ ${value} }}` : JSON.stringify(value));
    if (isWritten(until)) return { en: `Repeats until ${shown(until!)}`, zh: `重复，直到 ${shown(until!)}` };
    if (isWritten(condition)) return { en: `Repeats while ${shown(condition!)}`, zh: `当 ${shown(condition!)} 时重复` };
    if (isWritten(times)) return { en: `Repeats ${shown(times!)} times`, zh: `重复 ${shown(times!)} 次` };
    return { en: `Repeats, at most ${limit} times`, zh: `重复，最多 ${limit} 次` };
  },
  process: rounds,
  samples: [
    {
      name: "hands a state from round to round until something is true",
      config: {
        state: { total: 1 },
        until: 'double.text == "8"',
        next: { total: "{{ state.total * 2 }}" },
        limit: 20,
        atLimit: "error",
      },
      body: { nodes: { double: { type: "template", config: { text: "{{ state.total * 2 }}" } } } },
      output: { state: { total: 8 }, rounds: 3, limitReached: false },
    },
    {
      name: "asks before each round",
      config: { state: 5, while: "state < 5", next: "{{ state + 1 }}", limit: 20, atLimit: "error" },
      body: { nodes: { note_it: { type: "template", config: { text: "{{ state }}" } } } },
      output: { state: 5, rounds: 0, limitReached: false },
    },
    {
      name: "ends at its limit and says so",
      config: { state: 0, while: "true", next: "{{ state + 1 }}", limit: 4, atLimit: "continue" },
      body: { nodes: { note_it: { type: "template", config: { text: "{{ index }}" } } } },
      output: { state: 4, rounds: 4, limitReached: true },
    },
  ],
});
