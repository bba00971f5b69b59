import { z } from "zod";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonObject, JsonSchema } from "../../engine/lib/json.ts";
import { defineNode } from "../../engine/node/define.ts";
import { field, template } from "../../engine/node/fields.ts";
import type { StepContext } from "../../engine/node/operation.ts";
import { excerpt, same } from "../wording.ts";
import { FILE_READ_DOCS } from "./files/file-docs.ts";
import { ENCODINGS, KINDS, kindOf, type FileKind } from "./files/kinds.ts";
import { parseFile } from "./files/parse.ts";

const MEGABYTE = 1024 * 1024;

const config = z.object({
  path: template({
    label: { en: "File", zh: "文件" },
    help: {
      en: "A path in the project’s folder; with “Several files” a pattern like data/*.csv.",
      zh: "项目文件夹中的路径；开启“多个文件”时可用 data/*.csv 这样的模式。",
    },
    placeholder: { en: "data/orders.csv", zh: "data/orders.csv" },
  }),
  several: field(z.boolean().default(false), {
    label: { en: "Several files", zh: "多个文件" },
    help: { en: "Reads every file that matches the pattern.", zh: "读取与模式匹配的所有文件。" },
  }),
  kind: field(z.enum(["auto", ...KINDS]).default("auto"), {
    label: { en: "Kind", zh: "类型" },
    choices: {
      auto: { en: "As its name says", zh: "按文件名判断" },
      text: { en: "Text", zh: "文本" },
      docx: { en: "Word", zh: "Word" },
      xlsx: { en: "Excel", zh: "Excel" },
    },
    help: { en: "auto: as the file’s name says.", zh: "auto：按文件名判断。" },
  }),
  encoding: field(z.enum(["auto", ...ENCODINGS]).default("auto"), {
    label: { en: "Encoding", zh: "编码" },
    choices: { auto: { en: "Found out from the file", zh: "自动识别" } },
    advanced: true,
  }),
  header: field(z.boolean().default(true), {
    label: { en: "First row names the columns", zh: "首行为列名" },
    help: { en: "For CSV and spreadsheets.", zh: "用于 CSV 和电子表格。" },
    advanced: true,
  }),
  delimiter: field(z.string().max(4).optional(), {
    label: { en: "Between the columns", zh: "列分隔符" },
    help: { en: "For CSV; left empty it is found out.", zh: "用于 CSV；留空则自动判断。" },
    advanced: true,
  }),
  sheet: template({
    label: { en: "Sheet", zh: "工作表" },
    help: { en: "For spreadsheets; left empty, the first one.", zh: "用于电子表格；留空则为第一个。" },
    advanced: true,
  }).optional(),
  maxSize: field(z.number().min(0.001).max(500).default(20), {
    label: { en: "A file at most (MB)", zh: "单个文件上限（MB）" },
    advanced: true,
  }),
  maxFiles: field(z.int().min(1).max(10_000).default(100), {
    label: { en: "Files at most", zh: "文件数上限" },
    advanced: true,
  }),
});
type FileConfig = z.infer<typeof config>;

const DEFAULTS = { several: false, kind: "auto", encoding: "auto", header: true, maxSize: 20, maxFiles: 100 } as const;

/** Reads files of the project. */
export const fileRead = defineNode({
  role: "step",
  type: "file-read",
  version: 1,
  family: "data",
  icon: "file-text",
  title: { en: "Read a file", zh: "读取文件" },
  description: {
    en: "Reads text, tables, PDF, Word and Excel files of the project.",
    zh: "读取项目中的文本、表格、PDF、Word 和 Excel 文件。",
  },
  docs: FILE_READ_DOCS,
  config,
  initial: { path: "", ...DEFAULTS },
  effects: true,
  output: ({ several, kind }) => (several ? listSchema(kind) : fileSchema(kind)),
  summary({ path, several }) {
    if (path.trim() === "") return { en: "No file yet", zh: "尚未选择文件" };
    const name = excerpt(path.replaceAll("**", "*"), 60);
    return several ? { en: `Reads all of ${name}`, zh: `读取全部 ${name}` } : same(name);
  },
  run: async ({ config }, ctx) => ({
    output: config.several ? await readAll(config, ctx) : await readOne(config.path, config, ctx),
  }),
  samples: [
    {
      name: "rows of a CSV file",
      config: { path: "data/{{ start.name }}.csv", ...DEFAULTS },
      scope: { start: { name: "orders" } },
      output: {
        path: "data/orders.csv",
        kind: "csv",
        size: 47,
        text: null,
        rows: [
          { id: 1042, item: "Oak shelf", price: 89.5 },
          { id: 1043, item: "Lamp", price: 20 },
        ],
        json: null,
      },
    },
    {
      name: "all Markdown files",
      config: { path: "data/*.md", ...DEFAULTS, several: true },
      output: {
        files: [
          {
            path: "data/notes.md",
            kind: "markdown",
            size: 35,
            text: "# Notes\n\nThe oak shelf sells well.\n",
            rows: null,
            json: null,
          },
        ],
        count: 1,
      },
    },
  ],
});

async function readAll(config: FileConfig, ctx: StepContext): Promise<JsonObject> {
  const pattern = config.path.trim();
  const paths = await ctx.files.list(pattern, ctx.signal);
  if (paths.length === 0) throw new HeddleError("file.no-match", { pattern });
  if (paths.length > config.maxFiles)
    throw new HeddleError("file.too-many", { pattern, count: paths.length, limit: config.maxFiles });
  const files: JsonObject[] = [];
  // One after the other: a hundred files at once would all be in memory.
  for (const path of paths) files.push(await readOne(path, config, ctx));
  return { files, count: files.length };
}

async function readOne(written: string, config: FileConfig, ctx: StepContext): Promise<JsonObject> {
  const path = written.trim();
  const kind = config.kind === "auto" ? kindOf(path) : config.kind;
  if (!kind) throw new HeddleError("file.kind-unknown", { path });
  const bytes = await ctx.files.read(path, ctx.signal, config.maxSize * MEGABYTE);
  const { encoding, header, delimiter, sheet } = config;
  const how = { kind, encoding, header, ...(delimiter && { delimiter }), ...(sheet && { sheet }), signal: ctx.signal };
  return { path, kind, size: bytes.byteLength, ...(await parseFile(path, bytes, how)) };
}

const maybe = (type: string): JsonSchema => ({ anyOf: [{ type }, { type: "null" }] });
const ROWS: JsonSchema = {
  type: "array",
  items: { type: "object" },
  description: "The rows, each with its columns by name.",
};
const DATA: JsonSchema = { description: "The value that the file holds." };

/** What a kind gives is known before the run; with `auto` any of the three may be empty. */
function contentSchemas(kind: FileConfig["kind"]): Record<"text" | "rows" | "json", JsonSchema> {
  const none: JsonSchema = { type: "null" };
  const content = { text: none, rows: none, json: none };
  if (kind === "auto") return { text: maybe("string"), rows: { anyOf: [ROWS, none] }, json: DATA };
  return { ...content, ...gives(kind) };
}

function gives(kind: FileKind): Partial<Record<"text" | "rows" | "json", JsonSchema>> {
  if (kind === "csv" || kind === "xlsx") return { rows: ROWS };
  if (kind === "json" || kind === "yaml") return { json: DATA };
  return { text: { type: "string" } };
}

function fileSchema(kind: FileConfig["kind"]): JsonSchema {
  const properties = {
    path: { type: "string" },
    kind: { type: "string", enum: [...KINDS] },
    size: { type: "integer", description: "bytes" },
    ...contentSchemas(kind),
  };
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

function listSchema(kind: FileConfig["kind"]): JsonSchema {
  const properties = { files: { type: "array", items: fileSchema(kind) }, count: { type: "integer" } };
  return { type: "object", properties, required: ["files", "count"], additionalProperties: false };
}
