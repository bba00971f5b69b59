import type { Text } from "../../engine/lib/text.ts";
import { defineNode } from "../../engine/node/define.ts";
import { LIST_DOCS, listConfig, type ListConfig } from "./list-config.ts";
import { listOutput } from "./list-schema.ts";
import { workOnList } from "./list-work.ts";

const LINES = [
  { sku: "A10", kind: "tea", price: 4.1, tags: ["hot"] },
  { sku: "A9", kind: "tea", price: 0.2, tags: ["hot", "green"] },
  { sku: "B1", kind: "milk", price: 1.5, tags: [] },
];

/** What is done, in a few words, in the order in which it happens. */
function doings({ where, unique, sort, take, group, pluck, totals }: ListConfig): Text[] {
  const said: [boolean, Text][] = [
    [where !== undefined, { en: "filters", zh: "筛选" }],
    [Boolean(unique), { en: "removes doubles", zh: "去重" }],
    [sort !== undefined, { en: `sorts by **${sort?.by || "item"}**`, zh: `按 **${sort?.by || "item"}** 排序` }],
    [take !== undefined, { en: `takes ${String(take)}`, zh: `取 ${String(take)} 项` }],
    [Object.keys(totals).length > 0, { en: "adds up", zh: "汇总" }],
    [Boolean(group), { en: `groups by **${group}**`, zh: `按 **${group}** 分组` }],
    [Boolean(pluck), { en: `keeps **${pluck}**`, zh: `只取 **${pluck}**` }],
  ];
  return said.flatMap(([does, text]) => (does ? [text] : []));
}

/** Filters, sorts, groups and adds up a list. */
export const list = defineNode<ListConfig>({
  role: "step",
  type: "list",
  version: 1,
  family: "data",
  icon: "list-filter",
  title: { en: "Work on a list", zh: "处理列表" },
  description: { en: "Filters, sorts, groups and adds up a list.", zh: "对列表筛选、排序、分组和汇总。" },
  docs: LIST_DOCS,
  config: listConfig,
  initial: { items: "", totals: {} },
  effects: false,
  output: listOutput,
  summary(config) {
    if (config.items === "") return { en: "Choose a list", zh: "请选择列表" };
    const of = typeof config.items === "string" ? `{{ ${config.items} }}` : JSON.stringify(config.items);
    const does = doings(config);
    if (does.length === 0) return { en: `Takes ${of} as it is`, zh: `原样取 ${of}` };
    return {
      en: `Of ${of}: ${does.map(({ en }) => en).join(", ")}`,
      zh: `对 ${of}：${does.map(({ zh }) => zh).join("、")}`,
    };
  },
  run: ({ config }) => ({ output: workOnList(config) }),
  samples: [
    {
      name: "filters, sorts and adds up",
      config: {
        items: "order.lines",
        where: { field: "kind", is: "equals", value: "tea" },
        sort: { by: "sku", order: "ascending" },
        totals: { revenue: "sum price", lines: "count", dearest: "max price" },
        pluck: "sku",
      },
      scope: { order: { lines: LINES } },
      output: { items: ["A9", "A10"], count: 2, totals: { revenue: 4.3, lines: 2, dearest: 4.1 } },
      port: "out",
    },
    {
      name: "groups, with totals in each group",
      config: { items: "order.lines", group: "kind", pluck: "sku", totals: { price: "avg price" } },
      scope: { order: { lines: LINES.slice(1) } },
      output: {
        items: [
          { key: "tea", count: 1, items: ["A9"], totals: { price: 0.2 } },
          { key: "milk", count: 1, items: ["B1"], totals: { price: 1.5 } },
        ],
        count: 2,
        totals: { price: 0.85 },
      },
    },
    {
      name: "takes lists apart, drops doubles, makes portions",
      config: { items: "order.lines", flatten: "tags", unique: ".", chunk: 2, totals: {} },
      scope: { order: { lines: LINES } },
      output: { items: [["hot", "green"]], count: 1, totals: {} },
    },
  ],
});
