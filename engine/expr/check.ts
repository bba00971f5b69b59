import type { JsonSchema } from "../lib/json.ts";
import { Findings } from "./findings.ts";
import { Inference, type TypeScope } from "./infer.ts";
import { parseExpression, type Expression } from "./parse.ts";
import { shift, type ExprProblem } from "./problem.ts";
import { ANY, STRING, withoutNull } from "./schema-types.ts";
import { onlySlot, parseTemplate, slotsOf, type Template } from "./template.ts";

/** What names stand for: a record, or something that looks them up. */
export type CheckScope = TypeScope | Readonly<Record<string, JsonSchema>>;

/** Problems by offset in the field's text, and what the text yields. */
export interface Checked {
  problems: ExprProblem[];
  schema: JsonSchema;
}

export interface CheckOptions {
  /** What the expression must yield, if it yields anything. */
  expects?: "bool" | "number" | "string" | "list";
}

/** Checks an expression against the schemas of what it refers to. Never throws; syntax errors are among the problems. */
export function checkExpression(
  expression: string | Expression,
  scope: CheckScope,
  options: CheckOptions = {},
): Checked {
  const parsed = typeof expression === "string" ? parseExpression(expression) : expression;
  if (!parsed.ast) return { problems: parsed.problems, schema: ANY };
  const findings = new Findings(parsed.source);
  const schema = new Inference(findings).infer(parsed.ast, typeScope(scope));
  if (options.expects) findings.need(parsed.ast, withoutNull(schema), options.expects, "=");
  return { problems: findings.problems, schema };
}

/** Checks every `{{ }}` of a template. With `typed`, a template that is one `{{ }}` yields what that yields; else a text. */
export function checkTemplate(
  template: string | Template,
  scope: CheckScope,
  options: { typed?: boolean } = {},
): Checked {
  const parsed = typeof template === "string" ? parseTemplate(template) : template;
  const found: Checked = { problems: parsed.problems.filter(({ code }) => code === "expr.unclosed"), schema: STRING };
  const single = options.typed ? onlySlot(parsed) : undefined;
  for (const slot of slotsOf(parsed)) {
    const { problems, schema } = checkExpression(slot.expression, scope);
    if (problems.length > 0) found.problems.push(...shift(problems, slot.offset));
    if (slot === single) found.schema = schema;
  }
  return found;
}

function typeScope(scope: CheckScope): TypeScope {
  if (typeof scope["get"] === "function") return scope as TypeScope;
  const schemas = scope as Readonly<Record<string, JsonSchema>>;
  return {
    get: (name) => (Object.hasOwn(schemas, name) ? schemas[name] : undefined),
    names: () => Object.keys(schemas),
  };
}
