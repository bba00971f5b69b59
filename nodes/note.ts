import { z } from "zod";
import { defineNode } from "../engine/node/define.ts";
import { field } from "../engine/node/fields.ts";
import { excerpt, same } from "./wording.ts";

const config = z.object({
  text: field(z.string(), { label: { en: "Text (Markdown)", zh: "文本（Markdown）" }, widget: "text-long" }),
});

/** A remark on the canvas. */
export const note = defineNode({
  role: "note",
  type: "note",
  version: 1,
  family: "io",
  icon: "sticky-note",
  title: { en: "Note", zh: "便签" },
  description: { en: "A remark for whoever reads the flow.", zh: "写给阅读流程的人的备注。" },
  docs: {
    en: `Explains a part of the flow to people. It takes no part in a run. Markdown is shown as it should look.`,
    zh: `向人说明流程的某一部分，不参与运行。支持 Markdown。`,
  },
  config,
  initial: { text: "" },
  output: () => ({}),
  summary: ({ text }) => same(excerpt(text, 200)),
});
