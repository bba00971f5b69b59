import { parse } from "csv-parse/sync";
import type { JsonObject, JsonValue } from "../../../engine/lib/json.ts";

export interface TableOptions {
  /** The first row names the columns. */
  header: boolean;
  /** Left out: the likeliest of `,` `;` tab and `|`. */
  delimiter?: string;
}

/** CSV as rows with named columns; values that are plain numbers become numbers. @throws Error naming the line */
export function csvRows(text: string, { header, delimiter }: TableOptions): JsonObject[] {
  const cells = parse(text, {
    delimiter: delimiter ?? likelyDelimiter(text),
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  }) as string[][];
  return namedRows(
    cells.map((row) => row.map(toValue)),
    header,
  );
}

/** Rows of cells as objects. Columns without a name are called after their place, like in a spreadsheet: A, B, C. */
export function namedRows(cells: readonly (readonly JsonValue[])[], header: boolean): JsonObject[] {
  const [first = [], ...rest] = cells;
  const width = Math.max(0, ...cells.map((row) => row.length));
  const names = columnNames(header ? first : [], width);
  return (header ? rest : cells).map((row) =>
    Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])),
  );
}

function columnNames(titles: readonly JsonValue[], width: number): string[] {
  const names: string[] = [];
  for (let index = 0; index < width; index++) {
    const title = String(titles[index] ?? "").trim() || letter(index);
    let name = title;
    for (let n = 2; names.includes(name); n++) name = `${title} ${n}`;
    names.push(name);
  }
  return names;
}

const letter = (index: number): string =>
  (index >= 26 ? letter(Math.floor(index / 26) - 1) : "") + String.fromCharCode(65 + (index % 26));

/** Numbers as they are usually written; “007”, telephone numbers and what has too many digits stay text. */
function toValue(cell: string): JsonValue {
  return /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,14})?$/.test(cell) && cell.length <= 16 ? Number(cell) : cell;
}

function likelyDelimiter(text: string): string {
  const [line = ""] = text.split("\n", 1);
  const outside = line.replace(/"[^"]*"/g, "");
  const counts = [",", ";", "\t", "|"].map((delimiter) => ({ delimiter, count: outside.split(delimiter).length }));
  return counts.reduce((best, candidate) => (candidate.count > best.count ? candidate : best)).delimiter;
}
