import {
  checkExpression,
  checkTemplate,
  emptyLiteral,
  fieldOf,
  parseExpression,
  parseTemplate,
  references,
  type ExprProblem,
  type Reference,
  type TypeScope,
} from "../expr/index.ts";
import type { JsonSchema } from "../lib/json.ts";
import { suggest } from "../lib/suggest.ts";
import type { BitSet } from "./bit-set.ts";
import type { FlowGraph } from "./graph.ts";
import type { FieldSite, NodeShape, NodeTypes } from "./node-types.ts";
import { problem, type Problem, type QuickFix } from "./problem.ts";
import { ERROR_PORT, type Flow } from "./schema.ts";

/** All that reference checks know of the flow. */
export interface ReferenceWorld {
  flow: Flow;
  graph: FlowGraph;
  shapes: ReadonlyMap<string, NodeShape>;
  types: NodeTypes;
  ancestors: readonly BitSet[];
  certain: readonly BitSet[];
}

export interface ReferenceCheck {
  problems: Problem[];
  /** Keys of the steps that the node refers to, once each. */
  uses: string[];
}

/** Checks every template and expression of a node. */
export function checkReferences(world: ReferenceWorld, key: string): ReferenceCheck {
  const uses = new Set<string>();
  const problems: Problem[] = [];
  for (const site of sitesOf(world, key)) {
    const parsed = site.kind === "expression" ? parseExpression(site.value) : parseTemplate(site.value);
    const scope = scopeFor(world, key);
    const checked =
      "parts" in parsed ? checkTemplate(parsed, scope) : checkExpression(parsed, scope, { expects: site.expects });
    const place = { node: key, field: site.path };
    for (const reference of references(parsed)) {
      if (Object.hasOwn(world.flow.nodes, reference.root)) uses.add(reference.root);
      const found = checkReference(world, { key, site, reference });
      if (found) problems.push({ ...found, ...place, offset: reference.start });
    }
    for (const found of checked.problems) problems.push(typeProblem(found, key, site));
  }
  return { problems, uses: [...uses] };
}

function sitesOf(world: ReferenceWorld, key: string): FieldSite[] {
  const node = world.flow.nodes[key]!;
  if (!world.types.has(node.type)) return [];
  return world.types
    .sites(node.type, node.config ?? {})
    .filter((site) => site.kind !== "model" && site.kind !== "server");
}

function typeProblem(found: ExprProblem, key: string, site: FieldSite): Problem {
  const fixes = found.fix ? [textFix(key, site, found.fix)] : [];
  return problem(found.code, found.severity, found.params, { node: key, field: site.path, offset: found.start, fixes });
}

/** Names that lead nowhere count as anything here: that they do is told once, by the check of the reference. */
function scopeFor(world: ReferenceWorld, key: string): TypeScope {
  const self = world.graph.indexOf.get(key)!;
  return {
    names: () => [],
    get(name) {
      const index = world.graph.indexOf.get(name);
      return index !== undefined && world.ancestors[self]!.has(index) ? outputOf(world, index) : {};
    },
  };
}

const ERROR_SCHEMA: JsonSchema = {
  type: "object",
  properties: { code: { type: "string" }, message: { type: "string" } },
  required: ["code", "message"],
  additionalProperties: true,
};

/** What a reference to a step reads. After a failure that goes on by the error port, that is the error. */
function outputOf(world: ReferenceWorld, index: number): JsonSchema {
  const { output } = world.shapes.get(world.graph.keys[index]!)!;
  const handled = world.graph.outgoing[index]!.some((edge) => world.graph.edges[edge]!.port === ERROR_PORT);
  if (!handled || !output.properties) return output;
  return { ...output, properties: { ...output.properties, error: ERROR_SCHEMA } };
}

interface Use {
  key: string;
  site: FieldSite;
  reference: Reference;
}

function checkReference(world: ReferenceWorld, use: Use): Problem | undefined {
  const { key, site, reference } = use;
  const { root } = reference;
  const text = site.value.slice(reference.start, reference.end);
  if (root === "secrets")
    return site.kind === "secret" ? undefined : problem("flow.secret-here", "error", { reference: text });
  if (site.kind === "secret") return problem("flow.only-secrets-here", "error", { reference: text });
  const index = world.graph.indexOf.get(root);
  if (index === undefined) return unknownRoot(world, use);
  const self = world.graph.indexOf.get(key)!;
  if (index === self) return problem("flow.ref-self", "error", { reference: text });
  if (world.shapes.get(root)?.role !== "step") return problem("flow.ref-no-output", "error", { reference: text, root });
  if (!world.ancestors[self]!.has(index))
    return problem("flow.ref-not-before", "error", { reference: text, root, node: key });
  return world.certain[self]!.has(index) || reference.guarded ? undefined : maybeSkipped(world, use);
}

function unknownRoot(world: ReferenceWorld, { key, site, reference }: Use): Problem {
  const { root, start, rootEnd, end } = reference;
  const text = site.value.slice(start, end);
  const self = world.graph.indexOf.get(key)!;
  const before = world.graph.keys.filter((_, index) => world.ancestors[self]!.has(index));
  const near = suggest(root, before) ?? suggest(root, world.graph.keys);
  if (near === undefined) return problem("flow.ref-unknown", "error", { reference: text, root });
  const fix = textFix(key, site, { label: "fix.replace", params: { to: near }, start, end: rootEnd, text: near });
  return problem("flow.ref-unknown-near", "error", { reference: text, root, near }, { fixes: [fix] });
}

/** What a step gave may not be there on every way. The error of a step that failed is there when its error port was taken. */
function maybeSkipped(world: ReferenceWorld, { key, site, reference }: Use): Problem | undefined {
  const { root, start, end, path } = reference;
  if (path[0] === "error") return undefined;
  const text = site.value.slice(start, end);
  const whole = `default(${text}, ${emptyLiteral(schemaAt(world.shapes.get(root)!.output, path))})`;
  const fix = textFix(key, site, { label: "fix.default", params: { to: whole }, start, end, text: whole });
  return problem("flow.ref-maybe-skipped", "warning", { reference: text, root, node: key }, { fixes: [fix] });
}

function schemaAt(schema: JsonSchema, path: readonly (string | number)[]): JsonSchema {
  let current = schema;
  for (const step of path) {
    const found = typeof step === "string" ? fieldOf(current, step) : { schema: current.items ?? {} };
    current = "schema" in found ? found.schema : {};
  }
  return current;
}

/** A fix that writes other text in a part of a field. */
function textFix(key: string, site: FieldSite, change: NonNullable<ExprProblem["fix"]>): QuickFix {
  const value = site.value.slice(0, change.start) + change.text + site.value.slice(change.end);
  const command = { do: "node.configure" as const, key, path: ["config", ...site.keys], value };
  return { label: change.label, params: { ...change.params }, command };
}
