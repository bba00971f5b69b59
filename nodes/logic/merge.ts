import { z } from "zod";
import { shown } from "../../engine/expr/index.ts";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../engine/lib/json.ts";
import { defineNode } from "../../engine/node/define.ts";
import { field, jsonTemplate } from "../../engine/node/fields.ts";
import { mergedSchema } from "./merge-schema.ts";

const config = z.object({
  values: jsonTemplate({
    label: { en: "Values", zh: "值" },
    help: {
      en: "A list of references, one for each branch. What a skipped branch would give is empty.",
      zh: "引用的列表，每个分支一个。被跳过的分支为空。",
    },
    mayBeEmpty: true,
  }),
  how: field(z.enum(["first", "combine", "concatenate"]).default("first"), {
    label: { en: "Give", zh: "合并方式" },
    choices: {
      first: { en: "The first that isn’t empty", zh: "第一个非空值" },
      combine: { en: "One object of all", zh: "合并对象" },
      concatenate: { en: "One list of all", zh: "连接列表" },
    },
    help: {
      en: "first: the first that isn’t empty. combine: objects into one, later ones win. concatenate: lists into one.",
      zh: "first：第一个非空值；combine：把对象合并为一个，后者优先；concatenate：把列表连成一个。",
    },
  }),
});
type MergeConfig = z.infer<typeof config>;

function merge({ values, how }: MergeConfig): JsonValue {
  const all = Array.isArray(values) ? values : [values];
  const given = all.filter((value) => value !== null);
  switch (how) {
    case "first":
      return given[0] ?? null;
    case "combine":
      return Object.fromEntries(given.flatMap((value) => Object.entries(objectOf(value))));
    case "concatenate":
      return given.flat();
  }
}

function objectOf(value: JsonValue): JsonObject {
  if (isJsonObject(value)) return value;
  throw new HeddleError("merge.not-an-object", { value: shown(value) });
}

/** Brings branches together again: waits for those that were taken and makes one value of what they gave. */
export const mergeNode = defineNode<MergeConfig>({
  role: "step",
  type: "merge",
  version: 1,
  family: "logic",
  icon: "merge",
  title: { en: "Merge", zh: "合并" },
  description: { en: "Brings branches together into one value.", zh: "把多个分支的结果合为一个值。" },
  docs: {
    en: `Connect the ends of several branches to this step. It waits for every branch that was taken; branches that a condition left out don’t hold it up.
Choose *Go on with the first* under **Where ways meet** to wait for none but the first; the others are then stopped.

List what each branch gives: \`["{{ quick.text }}", "{{ careful.text }}"]\`. What comes from a branch that wasn’t taken is empty.

- **first** gives the first that isn’t empty: for branches of which one is taken.
- **combine** makes one object of several; where two have a field of the same name, the later one counts.
- **concatenate** makes one list of several; a value that isn’t a list is added as one entry.

Later steps read \`{{ key.value }}\`.`,
    zh: `把多个分支的末端连到此步骤。它会等待所有被执行的分支；条件未选中的分支不会阻塞它。若想第一个分支到达就继续，请在**多路汇合时**选择*最先到达即继续*，其余分支会被停止。

列出每个分支给出的内容：\`["{{ quick.text }}", "{{ careful.text }}"]\`。未执行的分支为空。

- **first**：取第一个非空值，适合只走其中一条的分支。
- **combine**：把多个对象合为一个，同名字段以后者为准。
- **concatenate**：把多个列表连成一个；不是列表的值作为一项加入。

后续步骤读取 \`{{ key.value }}\`。`,
  },
  config,
  initial: { values: [], how: "first" },
  effects: false,
  output: ({ values, how }, inference) => ({
    type: "object",
    properties: { value: mergedSchema({ values, how }, inference) },
    required: ["value"],
    additionalProperties: false,
  }),
  summary({ values, how }) {
    const count = Array.isArray(values) ? values.length : 1;
    switch (how) {
      case "first":
        return { en: `The first of ${count} values that isn’t empty`, zh: `取 ${count} 个值中第一个非空值` };
      case "combine":
        return { en: `Combines ${count} objects`, zh: `合并 ${count} 个对象` };
      case "concatenate":
        return { en: `Puts ${count} lists together`, zh: `连接 ${count} 个列表` };
    }
  },
  run: ({ config }) => ({ output: { value: merge(config) } }),
  samples: [
    {
      name: "gives the first that isn’t empty",
      config: { values: ["{{ quick.text }}", "{{ careful.text }}"], how: "first" },
      scope: { quick: { text: null }, careful: { text: "42" } },
      output: { value: "42" },
      port: "out",
    },
    {
      name: "combines objects",
      config: { values: ["{{ customer }}", "{{ order }}", { vip: true }], how: "combine" },
      scope: { customer: { name: "Ada", city: "Rome" }, order: { city: "Turin" } },
      output: { value: { name: "Ada", city: "Turin", vip: true } },
    },
    {
      name: "puts lists together",
      config: { values: ["{{ a.items }}", "{{ b.items }}"], how: "concatenate" },
      scope: { a: { items: [1, 2] }, b: { items: null } },
      output: { value: [1, 2] },
    },
  ],
});
