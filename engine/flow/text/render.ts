import { Document, isMap, isScalar, Scalar, visit, type YAMLSeq } from "yaml";
import { isJsonObject, type JsonObject, type JsonValue } from "../../lib/json.ts";
import { definedKeys } from "./same.ts";
import type { TextStyle } from "./style.ts";

/** How a scalar was written before, so that its new value is written alike. */
export type ScalarStyle = Scalar.Type | undefined;

const MANY = 1_000_000;
const UNPRINTABLE = /[\0-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ufeff]/;

/** A value in block style: the text that follows `key:` in a map whose keys stand at `column`. Begins with a space or a line break. */
export function renderAfterKey(value: JsonValue, column: number, style: TextStyle, written?: ScalarStyle): string {
  const text = blockText({ k: value }, style, written);
  return indented(text.slice("k:".length), column, style);
}

/** `key: value` in block style; lines after the first are indented to `column`. */
export function renderPair(key: string, value: JsonValue, column: number, style: TextStyle): string {
  return indented(blockText({ [key]: value }, style), column, style);
}

/** `- value` in block style. */
export function renderItem(value: JsonValue, column: number, style: TextStyle): string {
  return indented(blockText([value], style), column, style);
}

function blockText(value: JsonObject | JsonValue[], style: TextStyle, written?: ScalarStyle): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Collection(_, collection) {
      if (collection === document.contents) return;
      const plain = collection.items.every((item) => isScalar(item) && typeof item.value === "number");
      if (collection.items.length === 0 || (!isMap(collection) && plain)) collection.flow = true;
    },
    Scalar(key, scalar) {
      if (key !== "key" && typeof scalar.value === "string") styleText(scalar as Scalar<string>, written);
    },
  });
  return document
    .toString({
      lineWidth: 0,
      indent: style.indent,
      indentSeq: style.indentLists,
      flowCollectionPadding: false,
      doubleQuotedMinMultiLineLength: MANY,
    })
    .replace(/\n$/, "");
}

function styleText(scalar: Scalar<string>, written: ScalarStyle): void {
  const { value } = scalar;
  const awkward = UNPRINTABLE.test(value) || value.endsWith("\n\n") || /^\n*[ \t]/.test(value);
  if (awkward) scalar.type = "QUOTE_DOUBLE";
  else if (written === "BLOCK_FOLDED") scalar.type = "BLOCK_LITERAL";
  else if (written !== undefined && (!value.includes("\n") || written === "BLOCK_LITERAL")) scalar.type = written;
}

/** Indents all lines but the first; empty ones stay empty. */
function indented(text: string, column: number, style: TextStyle): string {
  const [first, ...rest] = text.split("\n");
  const pad = " ".repeat(column);
  return [first, ...rest.map((line) => (line === "" ? line : pad + line))].join(style.eol);
}

/** A value on one line: inside a collection that is written in braces. */
export function renderFlow(value: JsonValue, style: TextStyle, written?: ScalarStyle): string {
  if (Array.isArray(value)) return `[${value.map((item) => renderFlow(item, style)).join(", ")}]`;
  if (isJsonObject(value)) {
    const members = definedKeys(value).map((key) => `${renderKey(key, style)}: ${renderFlow(value[key]!, style)}`);
    return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
  }
  return style.json ? JSON.stringify(value) : renderFlowScalar(value, written);
}

/** A value in braces over several lines, as JSON files are usually laid out; `pad` is the white space before its own line. */
export function renderLayered(value: JsonValue, style: TextStyle, pad: string): string {
  const inner = pad + style.pad;
  const wrap = (open: string, members: string[], close: string): string =>
    [open, members.map((member) => inner + member).join(`,${style.eol}`), pad + close].join(style.eol);
  if (Array.isArray(value)) {
    const plain = value.every((item) => typeof item === "number");
    return plain
      ? renderFlow(value, style)
      : wrap(
          "[",
          value.map((item) => renderLayered(item, style, inner)),
          "]",
        );
  }
  if (!isJsonObject(value) || definedKeys(value).length === 0) return renderFlow(value, style);
  const members = definedKeys(value).map(
    (key) => `${renderKey(key, style)}: ${renderLayered(value[key]!, style, inner)}`,
  );
  return wrap("{", members, "}");
}

export function renderKey(key: string, style: TextStyle): string {
  return style.json ? JSON.stringify(key) : renderFlowScalar(key);
}

function renderFlowScalar(value: JsonValue, written?: ScalarStyle): string {
  if (typeof value !== "string") return JSON.stringify(value);
  if (value.includes("\n") || UNPRINTABLE.test(value)) return JSON.stringify(value);
  const scalar = new Scalar(value);
  if (written === "QUOTE_DOUBLE" || written === "QUOTE_SINGLE") scalar.type = written;
  const document = new Document([scalar]);
  (document.contents as YAMLSeq).flow = true;
  return document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: MANY }).trim().slice(1, -1).trim();
}
