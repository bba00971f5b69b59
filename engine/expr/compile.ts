import { HeddleError } from "../lib/errors/error.ts";
import type { JsonValue } from "../lib/json.ts";
import { compileAst, type Evaluate, type ExprScope } from "./evaluate.ts";
import { parsedOrThrow, parseExpression, type Expression } from "./parse.ts";
import { onlySlot, parseTemplate, type Template } from "./template.ts";
import { toText } from "./values.ts";

/**
 * Compiles a template once. Rendered to a text; with `typed`, a template that is exactly one `{{ }}` gives its value as it is.
 * @throws HeddleError `expr.*`: now for what can't be read, from the result for what goes wrong with the values.
 */
export function compileTemplate(
  text: string | Template,
  options: { typed?: boolean } = {},
): (scope: ExprScope) => JsonValue {
  const template = typeof text === "string" ? parseTemplate(text) : text;
  const unread = template.problems[0];
  if (unread) throw new HeddleError(unread.code, unread.params);
  const single = options.typed ? onlySlot(template) : undefined;
  if (single) return compileParsed(single.expression);
  const parts = template.parts.map((part) => (typeof part === "string" ? part : compileParsed(part.expression)));
  if (parts.every((part) => typeof part === "string")) return () => parts.join("");
  return (scope) => parts.map((part) => (typeof part === "string" ? part : toText(part(scope)))).join("");
}

/** Compiles an expression without braces. @throws HeddleError `expr.*`, as compileTemplate. */
export function compileExpression(source: string | Expression): Evaluate {
  return compileParsed(typeof source === "string" ? parseExpression(source) : source);
}

/** Errors while evaluating name the expression. */
function compileParsed(expression: Expression): Evaluate {
  const evaluate = compileAst(parsedOrThrow(expression));
  return (scope) => {
    try {
      return evaluate(scope);
    } catch (thrown) {
      if (!(thrown instanceof HeddleError) || "source" in thrown.params) throw thrown;
      throw new HeddleError(thrown.code, { ...thrown.params, source: expression.source }, { cause: thrown.cause });
    }
  };
}
