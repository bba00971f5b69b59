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
  if (expression.ast) collect(expression.ast, new Set(), found);
  return found.toSorted((a, b) => a.start - b.start);
}

function collect(ast: Ast, bound: ReadonlySet<string>, found: Reference[]): void {
  const chain = accessChain(ast);
  if (chain) {
    if (!bound.has(chain.root)) found.push(chain);
    return;
  }
  const macro = bindingMacro(ast);
  if (macro) {
    collect(macro.over, bound, found);
    const inner = new Set(bound).add(macro.variable.args);
    for (const body of macro.bodies) collect(body, inner, found);
    return;
  }
  for (const child of children(ast)) collect(child, bound, found);
}

/** `a.b[0].c` as a whole; undefined for anything else, such as an index that is computed. */
function accessChain(ast: Ast): Reference | undefined {
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
