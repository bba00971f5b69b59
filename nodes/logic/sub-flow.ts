import { z } from "zod";
import type { JsonSchema } from "../../engine/lib/json.ts";
import { defineNode, type NodeArguments } from "../../engine/node/define.ts";
import { field, jsonTemplate } from "../../engine/node/fields.ts";
import { step, type NodeProcess } from "../../engine/node/operation.ts";

const config = z.object({
  flow: field(z.string(), {
    label: { en: "Flow", zh: "流程" },
    help: { en: "One of the project’s flows.", zh: "项目中的一个流程。" },
    widget: "flow",
    takes: "input",
  }),
  input: jsonTemplate({
    label: { en: "Its input", zh: "输入" },
    help: {
      en: "What its first step asks for. A value that is only {{ a reference }} keeps its type.",
      zh: "该流程第一步所需的内容。整个值就是一个 {{ 引用 }} 时保留其类型。",
    },
  }).default({}),
  wait: field(z.boolean().default(true), {
    label: { en: "Wait for its result", zh: "等待结果" },
    help: {
      en: "Off: it is started as a run of its own, and this flow goes on at once.",
      zh: "关闭后，该流程作为独立的运行启动，本流程立即继续。",
    },
  }),
});
type SubFlowConfig = z.infer<typeof config>;

const STARTED: JsonSchema = {
  type: "object",
  properties: { runId: { type: "string", description: "The run that was started." } },
  required: ["runId"],
  additionalProperties: false,
};

function* runFlow({ config: { flow, input, wait } }: NodeArguments<SubFlowConfig>): NodeProcess {
  if (wait) return { output: yield { kind: "child", name: "flow", flow, input } };
  const runId = yield* step("start", ({ flows, idempotencyKey, signal }) =>
    flows.start({ flow, input, idempotencyKey, signal }),
  );
  return { output: { runId } };
}

/** Runs another flow of the project, as a part of this run or as one of its own. */
export const subFlow = defineNode<SubFlowConfig>({
  role: "step",
  type: "sub-flow",
  version: 1,
  family: "logic",
  icon: "workflow",
  title: { en: "Run a flow", zh: "运行流程" },
  description: { en: "Runs another flow of the project.", zh: "运行项目中的另一个流程。" },
  docs: {
    en: `Runs another flow of the project as one step of this one. Use it for what several flows need, or to keep a big flow readable.

**Its input** holds what the other flow’s first step asks for: \`{ "message": "{{ start.message }}" }\`. Its output is this step’s: if it answers
with a text, later steps read \`{{ key.text }}\`, and the text streams through as it is written.

Its steps are recorded in this run: after a crash it goes on where it was. If it fails, this step fails with the same error. A flow can’t run itself,
directly or through others.

With **Wait for its result** off, the other flow becomes a run of its own, started exactly once; this flow goes on at once and reads
\`{{ key.runId }}\`.`,
    zh: `把项目中的另一个流程作为本流程的一步来运行。适合多个流程共用的部分，或让大流程更易读。

**输入**填写该流程第一步所需的内容：\`{ "message": "{{ start.message }}" }\`。它的输出即此步骤的输出：若以文本回答，后续步骤读取 \`{{ key.text }}\`，文本会边写边流过。

它的步骤记录在本次运行中：崩溃后从原处继续。它失败时，此步骤以同样的错误失败。流程不能直接或间接地运行自身。

关闭“等待结果”后，该流程成为独立的运行，且只启动一次；本流程立即继续，可读取 \`{{ key.runId }}\`。`,
  },
  config,
  initial: { flow: "", input: {}, wait: true },
  effects: true,
  streams: "text",
  output: ({ flow, wait }, inference) => (wait ? (inference.flow(flow)?.output ?? {}) : STARTED),
  summary({ flow, wait }) {
    if (flow === "") return { en: "Choose a flow", zh: "请选择流程" };
    return wait
      ? { en: `Runs the flow **${flow}**`, zh: `运行流程 **${flow}**` }
      : { en: `Starts the flow **${flow}** and goes on`, zh: `启动流程 **${flow}** 后继续` };
  },
  process: runFlow,
  samples: [
    {
      name: "gives what the other flow answers",
      config: { flow: "greet", input: { name: "{{ start.name }}" }, wait: true },
      scope: { start: { name: "Ada" } },
      flows: {
        greet: {
          nodes: {
            start: { type: "start", config: { fields: { name: { type: "string" } } } },
            answer: { type: "answer", config: { text: "Hello {{ start.name }}" } },
          },
          edges: [{ from: "start", port: "out", to: "answer" }],
        },
      },
      output: { text: "Hello Ada" },
      port: "out",
    },
  ],
});
