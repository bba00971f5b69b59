import { bindingMacro, children, type Ast } from "./ast.ts";
import type { Expression } from "./parse.ts";
import { parseExpression } from "./parse.ts";
import { parseTemplate, slotsOf, type Template } from "./template.ts";

/** A use of another step's output: `details.order.id` has the root `details` and the path `["order", "id"]`. Offsets are in the field's text. */
export interface Reference {
  root: string;
  path: (string | number)[];
  start: number;
  end: number;
  /** Where the root's name ends; it begins at `start`. */
  rootEnd: number;
  /** The expression says what happens when it is empty: `default(a.b, …)`, `has(a.b)`, `a.b == null`. */
  guarded: boolean;
}

export type FieldKind = "template" | "expression";

/** Every reference of a template or expression, in the order of the text. Macro variables aren't references. */
export function references(parsed: Template | Expression): Reference[] {
  if ("parts" in parsed) {
    return slotsOf(parsed).flatMap((slot) =>
      referencesOf(slot.expression).map((reference) => ({
        ...reference,
        start: reference.start + slot.offset,
        end: reference.end + slot.offset,
        rootEnd: reference.rootEnd + slot.offset,
      })),
    );
  }
  return referencesOf(parsed);
}

/** The text with every reference to `from` naming `to` instead; all else stays as it was written. */
export function renameReference(text: string, kind: FieldKind, names: { from: string; to: string }): string {
  const parsed = kind === "template" ? parseTemplate(text) : parseExpression(text);
  let renamed = text;
  for (const reference of references(parsed).toReversed()) {
    if (reference.root !== names.from) continue;
    renamed = renamed.slice(0, reference.start) + names.to + renamed.slice(reference.rootEnd);
  }
  return renamed;
}

function referencesOf(expression: Expression): Reference[] {
  const found: Reference[] = [];
  if (expression.ast) collect(expression.ast, { bound: new Set(), guarded: false }, found);
  const asked = new Set(found.filter((reference) => reference.guarded).map((reference) => reference.root));
  return found
    .map((reference) => (asked.has(reference.root) ? { ...reference, guarded: true } : reference))
    .toSorted((a, b) => a.start - b.start);
}

interface Context {
  /** Variables of the macros around. */
  bound: ReadonlySet<string>;
  guarded: boolean;
}

function collect(ast: Ast, context: Context, found: Reference[]): void {
  const chain = accessChain(ast);
  if (chain) {
    if (!context.bound.has(chain.root)) found.push({ ...chain, guarded: context.guarded });
    return;
  }
  const macro = bindingMacro(ast);
  if (macro) {
    collect(macro.over, context, found);
    const inner = { ...context, bound: new Set(context.bound).add(macro.variable.args) };
    for (const body of macro.bodies) collect(body, inner, found);
    return;
  }
  const guarded = guardedChild(ast);
  for (const child of children(ast))
    collect(child, { ...context, guarded: context.guarded || child === guarded }, found);
}

/** The part of an expression that may be empty, since the expression asks whether it is. */
function guardedChild(ast: Ast): Ast | undefined {
  if (ast.op === "call" && (ast.args[0] === "default" || ast.args[0] === "has")) return ast.args[1][0];
  if (ast.op === "rcall" && ast.args[0] === "default") return ast.args[1];
  if (ast.op !== "==" && ast.op !== "!=") return undefined;
  const isNull = (side: Ast): boolean => side.op === "value" && side.args === null;
  if (isNull(ast.args[1])) return ast.args[0];
  return isNull(ast.args[0]) ? ast.args[1] : undefined;
}

type Chain = Omit<Reference, "guarded">;

/** `a.b[0].c` as a whole; undefined for anything else, such as an index that is computed. */
function accessChain(ast: Ast): Chain | undefined {
  if (ast.op === "id") {
    return { root: ast.args, path: [], start: ast.start, end: ast.end, rootEnd: ast.end };
  }
  if (ast.op === ".") {
    const inner = accessChain(ast.args[0]);
    return inner && { ...inner, path: [...inner.path, ast.args[1]], end: ast.end };
  }
  if (ast.op === "[]" && ast.args[1].op === "value") {
    const inner = accessChain(ast.args[0]);
    const index = ast.args[1].args;
    if (!inner || (typeof index !== "string" && typeof index !== "bigint")) return undefined;
    return { ...inner, path: [...inner.path, typeof index === "bigint" ? Number(index) : index], end: ast.end };
  }
  return undefined;
}
