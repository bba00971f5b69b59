import { z } from "zod";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { defineNode } from "../../engine/node/define.ts";
import { expression, field } from "../../engine/node/fields.ts";
import { checkNames, ELSE, OTHERWISE, WAY_ID, waysOf } from "./ways.ts";

const caseSchema = z.object({
  id: WAY_ID,
  when: expression({
    label: { en: "When", zh: "条件" },
    placeholder: { en: 'triage.label == "billing"', zh: 'triage.label == "billing"' },
    expects: "bool",
  }),
});

const config = z
  .object({
    cases: field(z.array(caseSchema).min(1), {
      label: { en: "Cases", zh: "分支" },
      help: { en: "The first one that is true is taken.", zh: "取第一个成立的分支。" },
      widget: "cases",
    }),
  })
  .superRefine(({ cases }, issues) => checkNames("cases", cases, issues));

/** Empty counts as false, since the step it comes from may have been skipped. */
function isTrue({ id, when }: z.infer<typeof caseSchema>): boolean {
  if (typeof when === "boolean") return when;
  if (when === null) return false;
  throw new HeddleError("condition.not-boolean", { case: id, value: JSON.stringify(when) });
}

/** Chooses the way on: the first case whose expression is true, or `else`. */
export const condition = defineNode({
  role: "step",
  type: "condition",
  version: 1,
  family: "logic",
  icon: "diamond",
  title: { en: "Condition", zh: "条件" },
  description: { en: "Takes one of several ways, depending on earlier results.", zh: "根据前面的结果选择一条路。" },
  docs: {
    en: `Each case has a name, which becomes a way out on the canvas, and an expression that is true or false:

- \`triage.label == "billing"\`
- \`details.amount > 100 && details.order != null\`
- \`start.message.contains("refund")\`

Cases are tried from top to bottom; the first that is true is taken, every other way is skipped. **Otherwise** is taken when
none is. The output is \`{ case }\`, the name of the way taken.`,
    zh: `每个分支有一个名称（成为画布上的出口）和一个真假表达式：

- \`triage.label == "billing"\`
- \`details.amount > 100 && details.order != null\`
- \`start.message.contains("退款")\`

从上到下依次判断，取第一个成立的分支，其余出口跳过；都不成立时走**否则**。输出为 \`{ case }\`，即所走出口的名称。`,
  },
  config,
  initial: { cases: [{ id: "yes", when: "true" }] },
  effects: false,
  output: ({ cases }) => ({
    type: "object",
    properties: { case: { type: "string", enum: [...cases.map(({ id }) => id), ELSE] } },
    required: ["case"],
    additionalProperties: false,
  }),
  ports: ({ cases }) => waysOf(cases),
  summary({ cases: [first, ...rest] }) {
    if (!first) return OTHERWISE;
    const when = typeof first.when === "string" ? `{{ ${first.when} }}` : JSON.stringify(first.when);
    if (rest.length === 0) return { en: `When ${when}`, zh: `当 ${when}` };
    return { en: `When ${when}, and ${rest.length} more`, zh: `当 ${when}，另有 ${rest.length} 个分支` };
  },
  run({ config }) {
    const taken = config.cases.find(isTrue)?.id ?? ELSE;
    return { output: { case: taken }, port: taken };
  },
  samples: [
    {
      name: "takes the first case that is true",
      config: {
        cases: [
          { id: "billing", when: 'triage.label == "billing"' },
          { id: "any", when: "true" },
        ],
      },
      scope: { triage: { label: "billing" } },
      output: { case: "billing" },
      port: "billing",
    },
    {
      name: "takes else when none is",
      config: { cases: [{ id: "big", when: "order.amount > 100" }] },
      scope: { order: { amount: 12 } },
      output: { case: "else" },
      port: "else",
    },
  ],
});
