import { z } from "zod";
import type { JsonObject } from "../../engine/lib/json.ts";
import { defineNode } from "../../engine/node/define.ts";

const config = z.object({});

/** Where a run goes on that failed for good: its output says what failed. */
export const onError = defineNode<z.infer<typeof config>>({
  role: "step",
  type: "on-error",
  version: 1,
  family: "logic",
  icon: "shield-alert",
  title: { en: "On error", zh: "出错时" },
  description: { en: "Goes on here when the run failed.", zh: "运行失败时从这里继续。" },
  docs: {
    en: `When a step fails for good (its retries are used up, and it has neither a fallback nor a way out for errors), the run goes on here instead of ending.
Steps that can be undone have been undone by then.

Later steps read what happened: \`{{ key.error.message }}\` in words, \`{{ key.error.code }}\` for conditions, \`{{ key.node }}\` the step that failed.
Send it to somebody, or apologise: if this way ends in an **Answer**, the run succeeds with that answer. Otherwise it fails with the first error.

A flow has at most one. A failure on this way itself ends the run.`,
    zh: `当某个步骤彻底失败（重试用完，且没有后备值和错误出口）时，运行不会结束，而是从这里继续。此时可撤销的步骤已被撤销。

后续步骤可读取经过：\`{{ key.error.message }}\` 为文字说明，\`{{ key.error.code }}\` 可用于条件，\`{{ key.node }}\` 为失败的步骤。可以通知他人，或给出致歉：若此路以**回答**结束，运行以该回答成功；否则以最初的错误失败。

每个流程最多一个。此路上再次失败会结束运行。`,
  },
  config,
  initial: {},
  hasInput: false,
  handlesFailure: true,
  effects: false,
  output: () => ({
    type: "object",
    properties: {
      error: {
        type: "object",
        properties: { code: { type: "string" }, message: { type: "string" } },
        required: ["code", "message"],
        additionalProperties: true,
      },
      node: { type: "string", description: "The step that failed." },
      path: { type: "string", description: "Where in the run: rounds and sub-flows included." },
    },
    required: ["error", "node", "path"],
    additionalProperties: false,
  }),
  summary: () => ({ en: "Goes on here when the run failed", zh: "运行失败时从这里继续" }),
  run({ input }) {
    const { error, node, path } = input as JsonObject;
    const { code, message } = error as JsonObject;
    return { output: { error: { code: code!, message: message! }, node: node!, path: path! } };
  },
  samples: [
    {
      name: "says what failed",
      config: {},
      input: {
        error: { code: "flow.stopped", params: {}, message: "The card was declined.", retryable: false },
        node: "charge",
        path: "charge",
      },
      output: {
        error: { code: "flow.stopped", message: "The card was declined." },
        node: "charge",
        path: "charge",
      },
      port: "out",
    },
  ],
});
