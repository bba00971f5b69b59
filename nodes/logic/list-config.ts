import { z } from "zod";
import type { Text } from "../../engine/lib/text.ts";
import { expression, field, jsonTemplate } from "../../engine/node/fields.ts";
import { issue } from "../../engine/node/issue.ts";

export const COMPARISONS = [
  "equals",
  "not-equals",
  "greater",
  "at-least",
  "less",
  "at-most",
  "contains",
  "starts-with",
  "ends-with",
  "one-of",
  "empty",
  "not-empty",
] as const;
export type Comparison = (typeof COMPARISONS)[number];

const FIELD_HELP: Text = {
  en: "A field of the entries, like customer.name. Empty: the entry itself.",
  zh: "各项的字段，例如 customer.name；留空表示该项本身。",
};

const path = (label: Text, help: Text = FIELD_HELP) =>
  field(z.string().regex(/^(\.|[^.\s][^.]*(\.[^.]+)*)?$/), {
    label,
    help,
    placeholder: { en: "customer.name", zh: "customer.name" },
  });

const TOTAL = /^\s*(?:(count)|(sum|avg|min|max)(?:\s+(?:of\s+)?(\S.*?))?)\s*$/;
const BAD_TOTAL: Text = {
  en: "Write what is worked out: count, sum price, avg price, min price or max price.",
  zh: "请填写计算方式：count、sum price、avg price、min price 或 max price。",
};

/** How one total is worked out: `sum price`, `count`. */
export interface Total {
  how: "count" | "sum" | "avg" | "min" | "max";
  of: string;
}

export function parseTotal(text: string): Total | undefined {
  const [, count, how, of] = TOTAL.exec(text) ?? [];
  if (count !== undefined) return { how: "count", of: "" };
  return how === undefined ? undefined : { how: how as Total["how"], of: of ?? "" };
}

const COMPARED: Record<(typeof COMPARISONS)[number], Text> = {
  equals: { en: "equal to", zh: "等于" },
  "not-equals": { en: "not equal to", zh: "不等于" },
  greater: { en: "more than", zh: "大于" },
  "at-least": { en: "at least", zh: "不小于" },
  less: { en: "less than", zh: "小于" },
  "at-most": { en: "at most", zh: "不大于" },
  contains: { en: "something with", zh: "包含" },
  "starts-with": { en: "something that begins with", zh: "开头是" },
  "ends-with": { en: "something that ends with", zh: "结尾是" },
  "one-of": { en: "one of", zh: "属于" },
  empty: { en: "empty", zh: "为空" },
  "not-empty": { en: "not empty", zh: "不为空" },
};

const where = z.object({
  field: path({ en: "Field", zh: "字段" }).default(""),
  is: field(z.enum(COMPARISONS).default("equals"), { label: { en: "Is", zh: "条件" }, choices: COMPARED }),
  value: jsonTemplate({
    label: { en: "Value", zh: "值" },
    help: {
      en: "A value that is only {{ a reference }} keeps its type.",
      zh: "整个值就是一个 {{ 引用 }} 时保留其类型。",
    },
  }).optional(),
});

const sort = z.object({
  by: path({ en: "By", zh: "依据" }).default(""),
  order: field(z.enum(["ascending", "descending"]).default("ascending"), {
    label: { en: "Order", zh: "顺序" },
    choices: {
      ascending: { en: "Smallest first", zh: "从小到大" },
      descending: { en: "Largest first", zh: "从大到小" },
    },
  }),
});

export const listConfig = z.object({
  items: expression({
    label: { en: "List", zh: "列表" },
    placeholder: { en: "order.lines", zh: "order.lines" },
    expects: "list",
  }),
  flatten: path(
    { en: "Take apart", zh: "展开" },
    {
      en: "A field that holds a list: all these lists become one. “.” for entries that are lists.",
      zh: "内容为列表的字段：把所有列表连成一个。各项本身为列表时填“.”。",
    },
  ).optional(),
  where: field(where.optional(), { label: { en: "Keep only where", zh: "只保留" } }),
  unique: path(
    { en: "Each only once by", zh: "去重依据" },
    {
      en: "Of entries with the same value there, the first stays. “.” compares whole entries.",
      zh: "该字段相同的各项只保留第一个；填“.”则比较整项。",
    },
  ).optional(),
  sort: field(sort.optional(), { label: { en: "Sort", zh: "排序" } }),
  skip: expression({
    label: { en: "Leave out the first", zh: "跳过前" },
    placeholder: { en: "0", zh: "0" },
    expects: "number",
    advanced: true,
  }).optional(),
  take: expression({
    label: { en: "Take at most", zh: "最多取" },
    placeholder: { en: "10", zh: "10" },
    expects: "number",
  }).optional(),
  totals: field(
    z
      .record(
        z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/),
        z.string().refine((text) => parseTotal(text) !== undefined, issue(BAD_TOTAL)),
      )
      .default({}),
    {
      label: { en: "Totals", zh: "汇总" },
      help: {
        en: "A name, and what is worked out: sum price, avg price, min price, max price, count.",
        zh: "名称及计算方式：sum price、avg price、min price、max price、count。",
      },
      widget: "labels",
    },
  ),
  group: path({ en: "Group by", zh: "分组依据" }).optional(),
  pluck: path(
    { en: "Keep of each only", zh: "每项只取" },
    { en: "A field: the list then holds its values.", zh: "填写字段：列表将只含该字段的值。" },
  ).optional(),
  chunk: field(z.int().min(1).optional(), {
    label: { en: "In portions of", zh: "每份数量" },
    help: { en: "The list becomes a list of lists of this length.", zh: "列表变为若干个此长度的列表。" },
    advanced: true,
  }),
});
export type ListConfig = z.infer<typeof listConfig>;

export const LIST_DOCS: Text = {
  en: `Works on a list without a model and without code. Fill in what you need; it happens in this order:

1. **Take apart**: orders with \`lines\` become one list of all lines.
2. **Keep only where** a field compares with a value: \`price\` *greater* \`100\`, \`status\` *one-of* \`["open", "late"]\`.
3. **Each only once** by a field, or by the whole entry.
4. **Sort** by a field. Numbers count as numbers, also inside texts (“A9” before “A10”); what is empty comes last.
5. **Leave out the first**, **Take at most**.
6. **Totals**: \`revenue\` = \`sum price\`, \`orders\` = \`count\`. Read them as \`{{ key.totals.revenue }}\`.
7. **Group by** a field: each group is \`{ key, count, items, totals }\`, in the order in which they were met.
8. **Keep of each only** one field, **In portions of** so many.

Later steps read \`{{ key.items }}\` and \`{{ key.count }}\`. For more conditions put several such steps in a row, or write
\`order.lines.filter(line, line.price > 100 && line.count > 2)\` as the list.`,
  zh: `无需模型和代码即可处理列表。填写需要的部分，按以下顺序执行：

1. **展开**：各订单的 \`lines\` 合成一个列表。
2. **只保留**字段满足条件的项：\`price\` *greater* \`100\`，\`status\` *one-of* \`["open", "late"]\`。
3. 按字段或整项**去重**。
4. 按字段**排序**。数字按大小比较，文本中的数字也是（“A9”在“A10”之前）；空值排在最后。
5. **跳过前**几项、**最多取**几项。
6. **汇总**：\`revenue\` = \`sum price\`，\`orders\` = \`count\`。用 \`{{ key.totals.revenue }}\` 读取。
7. 按字段**分组**：每组为 \`{ key, count, items, totals }\`，按出现先后排列。
8. **每项只取**一个字段、按**每份数量**切分。

后续步骤读取 \`{{ key.items }}\` 和 \`{{ key.count }}\`。条件较多时可串联多个此步骤，或把列表写成 \`order.lines.filter(line, line.price > 100 && line.count > 2)\`。`,
};
