import type { ErrorCode, ErrorParams } from "../lib/errors/catalog.ts";

/** Something wrong in a template or expression. `start` and `end` are offsets in the field's text. */
export interface ExprProblem {
  code: ErrorCode;
  severity: "error" | "warning";
  params: ErrorParams;
  start: number;
  end: number;
  /** The same text put right, where that can be told: what a quick fix writes. */
  fix?: TextFix;
}

/** Puts other text in the place of a part. */
export interface TextFix {
  label: "fix.replace" | "fix.default";
  params: ErrorParams;
  start: number;
  end: number;
  text: string;
}

export function exprProblem(
  code: ErrorCode,
  params: ErrorParams,
  range: { start: number; end: number },
  severity: ExprProblem["severity"] = "error",
): ExprProblem {
  return { code, severity, params, start: range.start, end: range.end };
}

/** The same problems, moved to where their expression stands in a longer text. */
export function shift(problems: readonly ExprProblem[], by: number): ExprProblem[] {
  const moved = <Range extends { start: number; end: number }>(range: Range): Range => ({
    ...range,
    start: range.start + by,
    end: range.end + by,
  });
  return problems.map((problem) => ({ ...moved(problem), ...(problem.fix && { fix: moved(problem.fix) }) }));
}
