import { exprProblem, shift, type ExprProblem } from "./problem.ts";
import { parseExpression, type Expression } from "./parse.ts";

/** A `{{ }}` of a template. `start` and `end` include the braces; `offset` is where its expression's text begins. */
export interface TemplateSlot {
  start: number;
  end: number;
  offset: number;
  expression: Expression;
}

/**
 * A text with `{{ }}` in it, parsed once: plain texts and slots in turn. Braces that shall stay are written as a text inside a
 * slot: `{{ '{{' }}`.
 */
export interface Template {
  text: string;
  parts: readonly (string | TemplateSlot)[];
  problems: readonly ExprProblem[];
}

export const slotsOf = (template: Template): TemplateSlot[] =>
  template.parts.filter((part): part is TemplateSlot => typeof part !== "string");

/** Reads a template. Never throws; an unreadable slot is among the problems and the rest still counts. */
export function parseTemplate(text: string): Template {
  const parts: (string | TemplateSlot)[] = [];
  const problems: ExprProblem[] = [];
  let position = 0;
  while (position < text.length) {
    const open = text.indexOf("{{", position);
    if (open === -1) break;
    if (open > position) parts.push(text.slice(position, open));
    const close = closingBraces(text, open + 2);
    if (close === -1) {
      problems.push(exprProblem("expr.unclosed", { source: excerpt(text, open) }, { start: open, end: text.length }));
      position = open;
      break;
    }
    const slot = readSlot(text, open, close);
    problems.push(...shift(slot.expression.problems, slot.offset));
    parts.push(slot);
    position = slot.end;
  }
  if (position < text.length) parts.push(text.slice(position));
  return { text, parts, problems };
}

/** The one slot that a template consists of, if it is nothing else: such a template keeps the value's type in JSON fields. */
export function onlySlot(template: Template): TemplateSlot | undefined {
  const written = template.parts.filter((part) => typeof part !== "string" || part.trim() !== "");
  const [first] = written;
  return written.length === 1 && typeof first === "object" ? first : undefined;
}

function readSlot(text: string, open: number, close: number): TemplateSlot {
  const inner = text.slice(open + 2, close);
  const trimmed = inner.trim();
  const offset = open + 2 + (trimmed === "" ? 0 : inner.indexOf(trimmed));
  return { start: open, end: close + 2, offset, expression: parseExpression(trimmed) };
}

/** Where the `}}` stands that ends the slot; braces and quotes inside the expression don't count. */
function closingBraces(text: string, from: number): number {
  let depth = 0;
  for (let index = from; index < text.length; index++) {
    const character = text[index]!;
    if (character === '"' || character === "'") {
      index = endOfString(text, index);
    } else if (character === "{") {
      depth++;
    } else if (character === "}") {
      if (depth === 0) return text[index + 1] === "}" ? index : -1;
      depth--;
    }
  }
  return -1;
}

/** Index of the quote that closes the string which begins at `start`; the end of the text where none does. */
function endOfString(text: string, start: number): number {
  const quote = text[start]!;
  const raw = /[rR]/.test(text[start - 1] ?? "");
  const mark = text.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote;
  for (let index = start + mark.length; index < text.length; index++) {
    if (text[index] === "\\" && !raw) index++;
    else if (text.startsWith(mark, index)) return index + mark.length - 1;
  }
  return text.length;
}

const excerpt = (text: string, start: number): string => {
  const line = text.slice(start).split("\n", 1)[0]!;
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
};
