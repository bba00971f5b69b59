import type { NodeAnalysis } from "../../engine/flow/index.ts";
import { isJsonObject, type JsonSchema, type JsonValue } from "../../engine/lib/json.ts";

/** Something that a field can refer to. */
export interface Variable {
  /** `triage.label`: what stands between the braces. */
  path: string;
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

/** All that a node may refer to: what its ancestors promise, nearest first, with what the last run gave. */
export function variablesFor(
  key: string,
  nodes: Readonly<Record<string, NodeAnalysis>>,
  outputs: (node: string) => JsonValue | undefined,
): Variable[] {
  return (nodes[key]?.scope ?? []).flatMap((node) => collect(node, node, nodes[node]?.output ?? {}, outputs(node), 0));
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
