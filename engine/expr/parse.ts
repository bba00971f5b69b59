import { Environment, ParseError } from "@marcbachmann/cel-js";
import { HeddleError } from "../lib/errors/error.ts";
import type { Ast } from "./ast.ts";
import { exprProblem, type ExprProblem } from "./problem.ts";

/** A CEL expression, parsed once. Without an `ast` the `problems` say why. */
export interface Expression {
  source: string;
  ast?: Ast;
  problems: ExprProblem[];
}

const parser = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false });

/** Reads a CEL expression. Never throws. */
export function parseExpression(source: string): Expression {
  if (source.trim() === "") {
    return { source, problems: [exprProblem("expr.empty", {}, { start: 0, end: source.length })] };
  }
  try {
    return { source, ast: parser.parse(source).ast, problems: [] };
  } catch (thrown) {
    return { source, problems: [syntaxProblem(source, thrown)] };
  }
}

/** The expression's tree. @throws HeddleError `expr.*` when it can't be read. */
export function parsedOrThrow(expression: Expression): Ast {
  if (expression.ast) return expression.ast;
  const first = expression.problems[0]!;
  throw new HeddleError(first.code, first.params);
}

function syntaxProblem(source: string, thrown: unknown): ExprProblem {
  const error = thrown instanceof ParseError ? thrown : undefined;
  const start = Math.min(error?.range?.start ?? 0, source.length);
  const end = Math.max(start, Math.min(error?.range?.end ?? source.length, source.length));
  const found = source.slice(start, end).trim() || source[start] || "";
  const range = { start, end };
  const column = start + 1;
  switch (error?.code) {
    case "unterminated_string":
    case "unterminated_triple_quoted_string":
    case "newline_in_string":
      return exprProblem("expr.open-quote", { source, column }, range);
    case "reserved_identifier":
      return exprProblem("expr.reserved-word", { source, word: found }, range);
    case "limit_exceeded":
      return exprProblem("expr.too-large", { source: source.slice(0, 80) }, range);
    case "invalid_macro_argument":
      return exprProblem("expr.macro-variable", { source, column }, range);
    default:
      if (found === "") return exprProblem("expr.unfinished", { source }, range);
      if (found === "=") return exprProblem("expr.single-equals", { source }, range);
      return exprProblem("expr.unexpected", { source, found, column }, range);
  }
}
