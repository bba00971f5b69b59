import { convert } from "html-to-text";
import mammoth from "mammoth";
import readSpreadsheet from "read-excel-file/node";
import { extractText, getDocumentProxy } from "unpdf";
import { parse as parseYaml } from "yaml";
import type { JsonObject, JsonValue } from "../../../engine/lib/json.ts";
import { openGuestPort } from "../../isolated/guest-port.ts";
import { decode } from "./decode.ts";
import { isTextual } from "./kinds.ts";
import type { ParseOptions, Parsed } from "./parse.ts";
import { csvRows, namedRows } from "./table.ts";

/** Reads one file, in a process of its own: files come from anywhere, and some are made to exhaust whoever opens them. */
async function parse(bytes: Uint8Array, options: ParseOptions): Promise<Parsed> {
  if (!isTextual(options.kind)) return parseBytes(bytes, options);
  const text = decode(bytes, options.encoding);
  if (text === undefined) throw new RangeError("encoding");
  return parseText(text, options);
}

const nothing: Parsed = { text: null, rows: null, json: null };

function parseText(text: string, { kind, header, delimiter }: ParseOptions): Parsed {
  switch (kind) {
    case "csv":
      return { ...nothing, rows: csvRows(text, { header, ...(delimiter && { delimiter }) }) };
    case "json":
      return { ...nothing, json: JSON.parse(text) as JsonValue };
    case "yaml":
      return { ...nothing, json: plain(parseYaml(text, { maxAliasCount: 100 })) };
    case "html":
      return { ...nothing, text: htmlText(text) };
    default:
      return { ...nothing, text };
  }
}

/** Aliases of YAML may make circles, which aren’t data; JSON.stringify refuses them. */
const plain = (value: unknown): JsonValue => JSON.parse(JSON.stringify(value ?? null)) as JsonValue;

function htmlText(html: string): string {
  return convert(html, {
    wordwrap: false,
    selectors: [
      { selector: "img", format: "skip" },
      { selector: "a", options: { ignoreHref: true } },
      ...["h1", "h2", "h3", "h4", "h5", "h6"].map((selector) => ({ selector, options: { uppercase: false } })),
      { selector: "table", format: "dataTable", options: { uppercaseHeaderCells: false } },
    ],
  });
}

async function parseBytes(bytes: Uint8Array, { kind, header, sheet }: ParseOptions): Promise<Parsed> {
  if (kind === "pdf") {
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: false });
    return { ...nothing, text: text.join("\n\n") };
  }
  if (kind === "docx") {
    const { value } = await mammoth.extractRawText({ buffer: Buffer.from(bytes) });
    return { ...nothing, text: value.trim() };
  }
  return { ...nothing, rows: namedRows(await sheetCells(bytes, sheet), header) };
}

async function sheetCells(bytes: Uint8Array, wanted: string | undefined): Promise<JsonValue[][]> {
  const sheets = await readSpreadsheet(Buffer.from(bytes));
  const found = wanted ? sheets.find(({ sheet }) => sheet === wanted) : sheets[0];
  const names = sheets.map(({ sheet }) => `“${sheet}”`).join(", ");
  if (!found) throw new Error(`it has no sheet “${wanted ?? ""}”, but ${names}`);
  return found.data.map((row) => row.map(cellValue));
}

function cellValue(cell: unknown): JsonValue {
  if (cell instanceof Date) return cell.toISOString().replace(/T00:00:00\.000Z$/, "");
  return typeof cell === "string" || typeof cell === "number" || typeof cell === "boolean" ? cell : null;
}

openGuestPort({
  parse: async ([bytes, options]): Promise<JsonObject> => ({
    ...(await parse(bytes as Uint8Array, options as ParseOptions)),
  }),
});
