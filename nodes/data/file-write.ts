import { z } from "zod";
import { isJsonObject, type JsonObject, type JsonValue } from "../../engine/lib/json.ts";
import { defineNode } from "../../engine/node/define.ts";
import { field, jsonTemplate, template } from "../../engine/node/fields.ts";
import { excerpt } from "../wording.ts";
import { FILE_WRITE_DOCS } from "./files/file-docs.ts";

const config = z.object({
  path: template({
    label: { en: "File", zh: "文件" },
    help: { en: "A path in the project’s folder.", zh: "项目文件夹中的路径。" },
    placeholder: { en: "output/report.md", zh: "output/report.md" },
  }),
  content: jsonTemplate({
    label: { en: "Content", zh: "内容" },
    help: { en: "Text as it is; a list of rows or other data too.", zh: "文本按原样写入；也可以是行列表或其他数据。" },
  }),
  bom: field(z.boolean().default(false), {
    label: { en: "For Excel", zh: "供 Excel 打开" },
    help: {
      en: "Marks the text as UTF-8, so that Excel shows all letters of a CSV file.",
      zh: "标记为 UTF-8，使 Excel 正确显示 CSV 文件中的文字。",
    },
    advanced: true,
  }),
});

/** Writes a file of the project. */
export const fileWrite = defineNode({
  role: "step",
  type: "file-write",
  version: 1,
  family: "data",
  icon: "file-pen",
  title: { en: "Write a file", zh: "写入文件" },
  description: { en: "Writes text or data into a file of the project.", zh: "把文本或数据写入项目文件。" },
  docs: FILE_WRITE_DOCS,
  config,
  initial: { path: "", content: "", bom: false },
  effects: true,
  output: () => ({
    type: "object",
    properties: { path: { type: "string" }, size: { type: "integer", description: "bytes" } },
    required: ["path", "size"],
    additionalProperties: false,
  }),
  summary({ path }) {
    if (path.trim() === "") return { en: "No file yet", zh: "尚未填写文件" };
    const name = excerpt(path, 60);
    return { en: `Writes ${name}`, zh: `写入 ${name}` };
  },
  async run({ config }, ctx) {
    const path = config.path.trim();
    const text = config.bom ? `\uFEFF${asText(path, config.content)}` : asText(path, config.content);
    const bytes = new TextEncoder().encode(text);
    await ctx.files.write(path, bytes, ctx.signal);
    return { output: { path, size: bytes.byteLength } };
  },
  samples: [
    {
      name: "a report",
      config: { path: "output/{{ order.id }}.md", content: "# Order {{ order.id }}\n", bom: false },
      scope: { order: { id: 1042 } },
      output: { path: "output/1042.md", size: 13 },
    },
  ],
});

function asText(path: string, content: JsonValue): string {
  if (typeof content === "string") return content;
  if (/\.csv$/i.test(path) && Array.isArray(content) && content.every(isJsonObject)) return csvText(content);
  return `${JSON.stringify(content, null, 2)}\n`;
}

function csvText(rows: readonly JsonObject[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ""))];
  return lines.map((line) => `${line.map(csvCell).join(",")}\r\n`).join("");
}

/** Quoted where needed. A text that a spreadsheet would take for a formula is kept from being one. */
function csvCell(value: JsonValue): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
