import type { ErrorCode, ErrorParams } from "../lib/errors/catalog.ts";
import type { JsonSchema } from "../lib/json.ts";
import { suggest } from "../lib/suggest.ts";
import type { Ast } from "./ast.ts";
import { exprProblem, type ExprProblem } from "./problem.ts";
import { emptyLiteral, typeNames } from "./schema-types.ts";
import type { TypeName } from "./values.ts";

const NEEDS = {
  number: "expr.needs-number",
  string: "expr.needs-text",
  bool: "expr.needs-bool",
  list: "expr.needs-list",
  map: "expr.needs-object",
} as const;
export type Needed = keyof typeof NEEDS;

/** What is found wrong in one expression, with the texts that would put it right. */
export class Findings {
  readonly problems: ExprProblem[] = [];
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  /** Notes a problem where the value can't be what is needed, or (a warning with a fix) may be empty. */
  need(ast: Ast, schema: JsonSchema, needed: Needed, by: string): void {
    const types = typeNames(schema);
    if (!types) return;
    if (!types.has(needed)) this.report(NEEDS[needed], ast, { by });
    else this.doubt(ast, schema, { fits: [needed], by });
  }

  /** Warns of a value that fits now and then only: it may be of another kind, or empty. */
  doubt(ast: Ast, schema: JsonSchema, { fits, by }: { fits: readonly TypeName[]; by: string }): void {
    const types = typeNames(schema);
    if (!types) return;
    if ([...types].some((type) => type !== "null" && !fits.includes(type))) this.mayDiffer(ast, by);
    else if (types.has("null")) this.mayBeEmpty(ast, schema, by);
  }

  mayDiffer(ast: Ast, by: string): void {
    this.problems.push(exprProblem("expr.may-differ", { part: this.text(ast), by }, ast, "warning"));
  }

  text(ast: Ast): string {
    return this.source.slice(ast.start, ast.end);
  }

  report(code: ErrorCode, ast: Ast, params: ErrorParams = {}): void {
    this.problems.push(exprProblem(code, { part: this.text(ast), ...params }, ast));
  }

  mayBeEmpty(ast: Ast, schema: JsonSchema, by: string): void {
    const text = `default(${this.text(ast)}, ${emptyLiteral(schema)})`;
    const found = exprProblem("expr.may-be-empty", { part: this.text(ast), by }, ast, "warning");
    this.problems.push({
      ...found,
      fix: { label: "fix.default", start: ast.start, end: ast.end, text, params: { to: text } },
    });
  }

  replace(
    code: ErrorCode,
    range: { start: number; end: number },
    change: { params: ErrorParams; text: string; warning?: boolean },
  ): void {
    const found = exprProblem(code, change.params, range, change.warning ? "warning" : "error");
    this.problems.push({
      ...found,
      fix: {
        label: "fix.replace",
        start: range.start,
        end: range.end,
        text: change.text,
        params: { to: change.text },
      },
    });
  }

  /** A word that a choice never yields is surely a slip. */
  knownWord(literal: Ast & { op: "value" }, other: Ast, words: string[] | undefined): void {
    const word = literal.args as string;
    if (!words || words.includes(word)) return;
    const params = { part: this.text(other), word, known: words.join(", ") };
    const near = suggest(word, words);
    if (near === undefined) this.problems.push(exprProblem("expr.unknown-word", params, literal, "warning"));
    else
      this.replace("expr.unknown-word-near", literal, {
        params: { ...params, near },
        text: JSON.stringify(near),
        warning: true,
      });
  }
}
