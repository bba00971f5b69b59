import type { NodeAnalysis } from "../../engine/flow/index.ts";
import type { FieldScope } from "./form/field-scope.ts";
import { isJsonObject, type JsonSchema, type JsonValue } from "../../engine/lib/json.ts";

/** Something that a field can refer to. */
export interface Variable {
  /** `triage.label`: what stands between the braces. */
  path: string;
  /** The step that it comes from; of `item`, `index` and `state` the container around; "" where it is no one step's (`vars`). */
  node: string;
  type: TypeName;
  /** The words of an enum. */
  choices?: string[];
  /** What it was in the last run. */
  last?: JsonValue;
  depth: number;
}

export type TypeName = "text" | "number" | "boolean" | "list" | "data" | "choice" | "any";

/** Deeper fields are typed by hand: a list that never ends helps nobody. */
const MAX_DEPTH = 3;

/** What a schema's values are, in one word. */
export function typeName(schema: JsonSchema): TypeName {
  if (schema.enum) return "choice";
  const type = Array.isArray(schema.type) ? schema.type.find((each) => each !== "null") : schema.type;
  switch (type) {
    case "string":
      return "text";
    case "number":
    case "integer":
      return "number";
    case "boolean":
      return "boolean";
    case "array":
      return "list";
    case "object":
      return "data";
    default:
      return "any";
  }
}

function collect(
  node: string,
  path: string,
  schema: JsonSchema,
  last: JsonValue | undefined,
  depth: number,
): Variable[] {
  const choices = schema.enum?.filter((choice) => typeof choice === "string");
  const self: Variable = {
    path,
    node,
    type: typeName(schema),
    depth,
    ...(choices && { choices }),
    ...(last !== undefined && { last }),
  };
  if (depth >= MAX_DEPTH) return [self];
  const known = Object.entries(schema.properties ?? {});
  const seen = isJsonObject(last) ? Object.keys(last).filter((name) => !schema.properties?.[name]) : [];
  const inner = [
    ...known,
    ...seen.map((name): [string, JsonSchema] => [name, schemaOf(isJsonObject(last) ? last[name] : undefined)]),
  ];
  return [
    self,
    ...inner
      .filter(([name]) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      .flatMap(([name, child]) =>
        collect(node, `${path}.${name}`, child, isJsonObject(last) ? last[name] : undefined, depth + 1),
      ),
  ];
}

/** What a value of the last run tells where no schema was promised. */
function schemaOf(value: JsonValue | undefined): JsonSchema {
  if (Array.isArray(value)) return { type: "array" };
  if (isJsonObject(value)) return { type: "object" };
  return value === undefined || value === null ? {} : { type: typeof value };
}

/** What is known of a run's values. */
export interface KnownValues {
  /** What a step gave. */
  output(node: string): JsonValue | undefined;
  /** What a name that a container lends its body was in the round that is shown. */
  local?(container: string, name: string): JsonValue | undefined;
}

type Nodes = Readonly<Record<string, NodeAnalysis>>;

/**
 * All that a node may refer to: what its ancestors promise, nearest first, then what the containers around it lend (`item`, `index`,
 * `state`) and the run's variables, with the values of the last run. `scope` is for a container's own fields: what is rendered at the end
 * of a round reads the steps of its body too.
 */
export function variablesFor(key: string, nodes: Nodes, values: KnownValues, scope?: FieldScope): Variable[] {
  const own = nodes[key];
  const lent = scope === undefined ? {} : (own?.body?.locals ?? {});
  const inner =
    scope === "body"
      ? Object.keys(nodes).filter((other) => nodes[other]?.parent === key && promises(nodes[other]))
      : [];
  const steps = [...inner, ...(own?.scope ?? [])];
  const locals = [
    ...Object.entries(lent).map(([name, schema]): Local => ({ name, schema, container: key })),
    ...Object.entries(own?.locals ?? {})
      .filter(([name]) => !(name in lent))
      .map(([name, schema]): Local => ({ name, schema, container: lender(nodes, key, name) })),
  ];
  return [
    ...locals.filter(({ name }) => name !== VARIABLES).flatMap((local) => collectLocal(local, values)),
    ...steps.flatMap((node) => collect(node, node, nodes[node]?.output ?? {}, values.output(node), 0)),
    ...locals
      .filter(({ name }) => name === VARIABLES)
      .flatMap((local) => collectLocal(local, values, variablesOf(nodes, values))),
  ];
}

/** The root of the run's variables. */
const VARIABLES = "vars";

interface Local {
  name: string;
  schema: JsonSchema;
  container: string;
}

const promises = (node: NodeAnalysis | undefined): boolean =>
  node?.role === "step" && Object.keys(node.output).length > 0;

const collectLocal = (
  { name, schema, container }: Local,
  values: KnownValues,
  last = values.local?.(container, name),
) => collect(container, name, schema, last, 0);

/** The nearest container around a node that lends a name; "" where none does. */
function lender(nodes: Nodes, key: string, name: string): string {
  for (let at = nodes[key]?.parent; at !== undefined; at = nodes[at]?.parent)
    if (nodes[at]?.body?.locals[name] !== undefined) return at;
  return "";
}

/** The variables as the steps that assign them left them in the last run. */
function variablesOf(nodes: Nodes, values: KnownValues): JsonValue | undefined {
  const set = Object.keys(nodes)
    .filter((key) => nodes[key]?.assigns)
    .map((key) => values.output(key))
    .filter((output) => output !== undefined && isJsonObject(output));
  return set.length === 0 ? undefined : Object.assign({}, ...set);
}

/** The variables that match what was typed after the braces, best first. */
export function findVariables(variables: readonly Variable[], typed: string): Variable[] {
  const query = typed.trim().toLowerCase();
  if (query === "") return [...variables];
  const starts = variables.filter(({ path }) => path.toLowerCase().startsWith(query));
  const holds = variables.filter(
    ({ path }) => !path.toLowerCase().startsWith(query) && path.toLowerCase().includes(query),
  );
  return [...starts, ...holds];
}

/** The words typed between open braces before the caret; null when the caret isn't inside any. */
export function openReference(text: string, caret: number): { start: number; typed: string } | null {
  const before = text.slice(0, caret);
  const open = before.lastIndexOf("{{");
  if (open === -1 || before.indexOf("}}", open) !== -1) return null;
  const typed = before.slice(open + 2);
  return /^[\s\w.[\]]*$/.test(typed) && !typed.includes("\n") ? { start: open, typed } : null;
}

/** Puts a reference where the caret is: completes open braces, else opens some. Answers the text and where the caret goes. */
export function insertReference(text: string, caret: number, path: string): { text: string; caret: number } {
  const open = openReference(text, caret);
  const start = open?.start ?? caret;
  const rest = text.slice(caret).replace(open ? /^[\w.[\]]*\s*\}\}/ : /^(?!)/, "");
  const inserted = `{{ ${path} }}`;
  return { text: text.slice(0, start) + inserted + rest, caret: start + inserted.length };
}

/** A value as a hint beside its name: short, one line. */
export function preview(value: JsonValue): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 48 ? `${line.slice(0, 47)}…` : line;
}
