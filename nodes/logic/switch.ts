import { z } from "zod";
import { isEqual } from "../../engine/expr/index.ts";
import type { JsonValue } from "../../engine/lib/json.ts";
import { defineNode } from "../../engine/node/define.ts";
import { expression, field } from "../../engine/node/fields.ts";
import { checkNames, ELSE, WAY_ID, waysOf } from "./ways.ts";

const caseSchema = z.object({
  id: WAY_ID,
  when: expression({
    label: { en: "Is", zh: "等于" },
    help: {
      en: 'A value like "billing" or 3, or a list of such.',
      zh: '一个值，例如 "billing" 或 3，或由它们组成的列表。',
    },
    placeholder: { en: '"billing"', zh: '"billing"' },
  }),
});

const config = z
  .object({
    value: expression({
      label: { en: "Value", zh: "值" },
      help: { en: "What is compared with each case.", zh: "与每个分支比较的值。" },
      placeholder: { en: "triage.label", zh: "triage.label" },
    }),
    cases: field(z.array(caseSchema).min(1), {
      label: { en: "Cases", zh: "分支" },
      help: { en: "The first one that equals the value is taken.", zh: "取第一个与值相等的分支。" },
      widget: "cases",
    }),
  })
  .superRefine(({ cases }, issues) => checkNames("cases", cases, issues));

/** A case that is a list stands for each of its entries. */
const isCase = (value: JsonValue, when: JsonValue): boolean =>
  isEqual(value, when) || (Array.isArray(when) && when.some((one) => isEqual(value, one)));

/** Chooses the way on by comparing one value with several. */
export const switchNode = defineNode<z.infer<typeof config>>({
  role: "step",
  type: "switch",
  version: 1,
  family: "logic",
  icon: "split",
  title: { en: "Switch", zh: "多路选择" },
  description: { en: "Takes the way whose value fits.", zh: "按值选择一条路。" },
  docs: {
    en: `Compares one value with several and goes the way of the first that is equal. Use it behind a **Classify** step: one way for each label.

- **Value** is what is compared: \`triage.label\`.
- Each case has a name, which becomes a way out on the canvas, and a value: \`"billing"\` (texts stand in quotes), \`3\`, \`true\`.
  A list stands for any of its entries: \`["refund", "invoice"]\`.
- **Otherwise** is taken when no case is equal.

A number never equals a text: compare \`order.items\` with \`3\`, not with \`"3"\`. The output is \`{ case, value }\`. For conditions
like “more than 100”, use **Condition**.`,
    zh: `把一个值与多个值比较，走第一个相等的出口。适合放在**分类**之后：每个标签一条路。

- **值**是要比较的内容：\`triage.label\`。
- 每个分支有一个名称（成为画布上的出口）和一个值：\`"billing"\`（文本要加引号）、\`3\`、\`true\`。列表表示其中任意一项：\`["refund", "invoice"]\`。
- 都不相等时走**否则**。

数字不等于文本：请用 \`3\` 而不是 \`"3"\` 与 \`order.items\` 比较。输出为 \`{ case, value }\`。要判断“大于 100”之类的条件，请用**条件**。`,
  },
  config,
  initial: { value: "", cases: [{ id: "billing", when: '"billing"' }] },
  effects: false,
  output: ({ cases }, inference) => ({
    type: "object",
    properties: {
      case: { type: "string", enum: [...cases.map(({ id }) => id), ELSE] },
      value: inference.valueAt(["value"]),
    },
    required: ["case", "value"],
    additionalProperties: false,
  }),
  ports: ({ cases }) => waysOf(cases),
  summary({ value, cases }) {
    if (value === "") return { en: "Choose a value", zh: "请选择要比较的值" };
    const shown = typeof value === "string" ? `{{ ${value} }}` : JSON.stringify(value);
    return {
      en: `${cases.length} ${cases.length === 1 ? "way" : "ways"} by ${shown}`,
      zh: `按 ${shown} 分为 ${cases.length} 路`,
    };
  },
  run({ config: { value, cases } }) {
    const taken = cases.find(({ when }) => isCase(value, when))?.id ?? ELSE;
    return { output: { case: taken, value }, port: taken };
  },
  samples: [
    {
      name: "takes the case that is equal",
      config: {
        value: "triage.label",
        cases: [
          { id: "money", when: '["billing", "refund"]' },
          { id: "technical", when: '"technical"' },
        ],
      },
      scope: { triage: { label: "refund" } },
      output: { case: "money", value: "refund" },
      port: "money",
    },
    {
      name: "never takes a text for a number",
      config: { value: "order.items", cases: [{ id: "three", when: '"3"' }] },
      scope: { order: { items: 3 } },
      output: { case: "else", value: 3 },
      port: "else",
    },
  ],
});
