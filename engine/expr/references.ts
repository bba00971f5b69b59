import { bindingMacro, children, type Ast } from "./ast.ts";
import { HeddleError } from "../lib/errors/error.ts";
import { parseExpression, type Expression } from "./parse.ts";
import { parseTemplate, slotsOf, type Template } from "./template.ts";

/** A use of another step's output: `details.order.id` has the root `details` and the path `["order", "id"]`. Offsets are in the field's text. */
export interface Reference {
  root: string;
  path: (string | number)[];
  start: number;
  end: number;
  /** Where the root's name ends; it begins at `start`. */
  rootEnd: number;
  /** Where the first field's name stands, quoted in `a["b"]`; undefined where the whole value is meant. */
  field?: { start: number; end: number; quoted: boolean };
  /** The expression says what happens when it is empty: `default(a.b, …)`, `has(a.b)`, `a.b == null`. */
  guarded: boolean;
  /** It is what somebody chose to use instead: the last part of `default(…, a.b)`. */
  fallback?: true;
}

export type FieldKind = "template" | "expression";

/** Every reference of a template or expression, in the order of the text. Macro variables aren't references. */
export function references(parsed: Template | Expression): Reference[] {
  if (!("parts" in parsed)) return referencesOf(parsed);
  const found: Reference[] = [];
  for (const { expression, offset } of slotsOf(parsed))
    for (const reference of referencesOf(expression)) found.push(moved(reference, offset));
  return found;
}

/**
 * The text with every reference to `from` naming `to` instead; all else stays as it was written.
 * @throws HeddleError `flow.name-in-use` where a macro's variable has the new name already: `items.map(to, from.field)`.
 */
export function renameReference(text: string, kind: FieldKind, names: { from: string; to: string }): string {
  const before = references(parse(text, kind));
  let renamed = text;
  for (const reference of before.toReversed()) {
    if (reference.root !== names.from) continue;
    renamed = renamed.slice(0, reference.start) + names.to + renamed.slice(reference.rootEnd);
  }
  const meant = before.filter(({ root }) => root === names.from || root === names.to).length;
  const now =
    renamed === text ? meant : references(parse(renamed, kind)).filter(({ root }) => root === names.to).length;
  if (now !== meant) throw new HeddleError("flow.name-in-use", { key: names.to, source: text });
  return renamed;
}

/** A reference of a slot by where it stands in the whole text. */
function moved({ root, path, start, end, rootEnd, field, guarded, fallback }: Reference, by: number): Reference {
  const reference: Reference = { root, path, start: start + by, end: end + by, rootEnd: rootEnd + by, guarded };
  if (fallback) reference.fallback = true;
  if (field) reference.field = { start: field.start + by, end: field.end + by, quoted: field.quoted };
  return reference;
}

/** The text with every use of a step's field `from` naming its field `to` instead. */
export function renameField(text: string, kind: FieldKind, names: { root: string; from: string; to: string }): string {
  let renamed = text;
  for (const { root, path, field } of references(parse(text, kind)).toReversed()) {
    if (root !== names.root || path[0] !== names.from || !field) continue;
    const name = field.quoted ? JSON.stringify(names.to) : names.to;
    renamed = renamed.slice(0, field.start) + name + renamed.slice(field.end);
  }
  return renamed;
}

const parse = (text: string, kind: FieldKind): Template | Expression =>
  kind === "template" ? parseTemplate(text) : parseExpression(text);

function referencesOf(expression: Expression): Reference[] {
  const found: Reference[] = [];
  if (expression.ast) collect(expression.ast, UNBOUND, found);
  if (found.length < 2) return found;
  const asked = found.filter(({ guarded }) => guarded).map(({ root }) => root);
  for (const reference of found) reference.guarded ||= asked.includes(reference.root);
  return found.sort((a, b) => a.start - b.start);
}

interface Context {
  /** Variables of the macros around. */
  bound: ReadonlySet<string>;
  guarded: boolean;
  fallback: boolean;
}

const UNBOUND: Context = { bound: new Set(), guarded: false, fallback: false };

function collect(ast: Ast, context: Context, found: Reference[]): void {
  const chain = accessChain(ast);
  if (chain) {
    chain.guarded = context.guarded;
    if (context.fallback) chain.fallback = true;
    if (!context.bound.has(chain.root)) found.push(chain);
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
  const isDefault = (ast.op === "call" || ast.op === "rcall") && ast.args[0] === "default";
  for (const child of children(ast)) {
    const fallback = context.fallback || (isDefault && child !== guarded);
    collect(child, { ...context, guarded: context.guarded || child === guarded, fallback }, found);
  }
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

/** `a.b[0].c` as a whole; undefined for anything else, such as an index that is computed. */
function accessChain(ast: Ast): Reference | undefined {
  if (ast.op === "id") {
    return { root: ast.args, path: [], start: ast.start, end: ast.end, rootEnd: ast.end, guarded: false };
  }
  if (ast.op !== "." && ast.op !== "[]") return undefined;
  const chain = accessChain(ast.args[0]);
  if (!chain) return undefined;
  if (ast.op === ".") {
    chain.field ??= { start: ast.end - ast.args[1].length, end: ast.end, quoted: false };
    chain.path.push(ast.args[1]);
  } else {
    const { op, args: index, start, end } = ast.args[1];
    if (op !== "value" || (typeof index !== "string" && typeof index !== "bigint")) return undefined;
    if (chain.path.length === 0 && typeof index === "string") chain.field = { start, end, quoted: true };
    chain.path.push(typeof index === "bigint" ? Number(index) : index);
  }
  chain.end = ast.end;
  return chain;
}
