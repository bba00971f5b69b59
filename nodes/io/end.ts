import { z } from "zod";
import type { JsonObject, JsonSchema } from "../../engine/lib/json.ts";
import { defineNode } from "../../engine/node/define.ts";
import { field, jsonTemplate } from "../../engine/node/fields.ts";
import { nameList } from "../wording.ts";

const config = z.object({
  fields: field(z.record(z.string().min(1).max(100), jsonTemplate({})), {
    label: { en: "Fields of the result", zh: "结果字段" },
    help: {
      en: "What callers of the flow get. A value that is only {{ a reference }} keeps its type.",
      zh: "流程调用方得到的内容。整个值就是一个 {{ 引用 }} 时保留其类型。",
    },
    widget: "key-values",
  }),
});

/** The run's result as data with a known form. */
export const end = defineNode<z.infer<typeof config>>({
  role: "step",
  type: "end",
  version: 1,
  family: "io",
  icon: "flag",
  title: { en: "Result", zh: "结果" },
  description: { en: "Gives the flow’s result as fields.", zh: "以字段形式给出流程结果。" },
  docs: {
    en: `Ends a flow with data instead of a text: for programs that call it, for flows that run it as a step, for MCP clients.

Name the fields and say where each comes from: \`total\` = \`{{ sums.total }}\`. Numbers stay numbers, lists stay lists, and callers are told
the form beforehand. The run’s output is the object of these fields.

For people who read along use **Answer**: its text streams.`,
    zh: `以数据而非文本结束流程：供调用它的程序、把它作为一步运行的流程、MCP 客户端使用。

为字段命名并说明来源：\`total\` = \`{{ sums.total }}\`。数字仍是数字，列表仍是列表，调用方事先就知道格式。运行的输出就是由这些字段组成的对象。

给人阅读的内容请用**回答**：其文本会流式显示。`,
  },
  config,
  initial: { fields: {} },
  effects: false,
  answers: { field: "text", output: "text" },
  output({ fields }, inference) {
    const names = Object.keys(fields);
    const properties: Record<string, JsonSchema> = {};
    for (const name of names) properties[name] = inference.valueAt(["fields", name]);
    return { type: "object", properties, required: names, additionalProperties: false };
  },
  summary({ fields }) {
    const names = nameList(Object.keys(fields));
    return names.en === ""
      ? { en: "Gives nothing yet", zh: "尚未给出内容" }
      : { en: `Gives ${names.en}`, zh: `给出 ${names.zh}` };
  },
  run: ({ config: { fields } }) => ({ output: fields as JsonObject }),
  samples: [
    {
      name: "gives typed fields",
      config: { fields: { total: "{{ sums.total }}", lines: "{{ sums.lines }}", note: "For {{ sums.name }}" } },
      scope: { sums: { total: 12.5, lines: ["a"], name: "Ada" } },
      output: { total: 12.5, lines: ["a"], note: "For Ada" },
      port: "out",
    },
  ],
});
