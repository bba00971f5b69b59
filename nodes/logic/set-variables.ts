import { z } from "zod";
import { NODE_KEY_PATTERN } from "../../engine/lib/ids.ts";
import type { JsonObject, JsonSchema } from "../../engine/lib/json.ts";
import { defineNode } from "../../engine/node/define.ts";
import { field, jsonTemplate } from "../../engine/node/fields.ts";
import { nameList } from "../wording.ts";

const config = z.object({
  variables: field(z.record(z.string().regex(NODE_KEY_PATTERN), jsonTemplate({})), {
    label: { en: "Variables", zh: "变量" },
    help: {
      en: "Later steps read them as {{ vars.name }}. A value that is only {{ a reference }} keeps its type.",
      zh: "后续步骤用 {{ vars.名称 }} 读取。整个值就是一个 {{ 引用 }} 时保留其类型。",
    },
    widget: "key-values",
  }),
});

/** Gives names to values that any later step may read, whichever branch set them. */
export const setVariables = defineNode<z.infer<typeof config>>({
  role: "step",
  type: "set-variables",
  version: 1,
  family: "logic",
  icon: "variable",
  title: { en: "Set variables", zh: "设置变量" },
  description: { en: "Keeps values under names of their own.", zh: "把值保存为有名称的变量。" },
  docs: {
    en: `Keeps values under names: later steps read \`{{ vars.total }}\`. Setting a name again replaces its value.

Use it where several branches work out the same thing (each sets \`vars.reply\`), or to count something up in a loop:
\`total\` = \`{{ default(vars.total, 0) + item.price }}\`.

Two steps that may run at the same time can’t set the same name: which one came last would be chance. The studio says so before the flow
runs. A variable that nothing set yet is empty (\`null\`).`,
    zh: `用名称保存值：后续步骤用 \`{{ vars.total }}\` 读取。再次设置同名变量会替换原值。

适合多个分支得出同一内容时使用（各自设置 \`vars.reply\`），或在循环中累计：\`total\` = \`{{ default(vars.total, 0) + item.price }}\`。

可能同时运行的两个步骤不能设置同名变量，否则结果取决于先后的偶然；工作室会在运行前指出。尚未设置的变量为空（\`null\`）。`,
  },
  config,
  initial: { variables: {} },
  effects: false,
  assigns: true,
  output({ variables }, inference) {
    const names = Object.keys(variables);
    const properties: Record<string, JsonSchema> = {};
    for (const name of names) properties[name] = inference.valueAt(["variables", name]);
    return { type: "object", properties, required: names, additionalProperties: false };
  },
  summary({ variables }) {
    const names = nameList(Object.keys(variables));
    return names.en === ""
      ? { en: "Sets nothing yet", zh: "尚未设置变量" }
      : { en: `Sets ${names.en}`, zh: `设置 ${names.zh}` };
  },
  run: ({ config: { variables } }) => ({ output: variables as JsonObject }),
  samples: [
    {
      name: "keeps the type of what it refers to",
      config: { variables: { total: "{{ order.total * 2 }}", note: "Order {{ order.id }}" } },
      scope: { order: { total: 4.5, id: "A-17" } },
      output: { total: 9, note: "Order A-17" },
      port: "out",
    },
  ],
});
