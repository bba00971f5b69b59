import type { TypeScope } from "../expr/index.ts";
import type { JsonSchema } from "../lib/json.ts";
import type { FlowGraph } from "./graph.ts";
import type { FieldSite, NodeShape } from "./node-types.ts";
import { seenFrom, type Reach } from "./reach.ts";
import { ERROR_PORT, type Flow } from "./schema.ts";
import { VARIABLES, type Variables } from "./variables.ts";

/** All that is known of a flow when references are looked at. Shapes become more exact as analysis goes on. */
export interface World {
  flow: Flow;
  graph: FlowGraph;
  shapes: ReadonlyMap<string, NodeShape>;
  reach: Reach;
  variables: Variables;
}

/** What a name stands for at a place. */
export interface Meaning {
  status:
    | "there"
    /** a step that may be skipped on some way here */
    | "maybe"
    | "local"
    | "variables"
    /** the step itself */
    | "self"
    /** a container that the place is in */
    | "around"
    /** in a body that the place isn't in */
    | "inside"
    /** a name that a body has, from outside of it */
    | "foreign-local"
    | "no-output"
    | "not-before"
    | "unknown";
  /** What it holds; anything where it can't be referred to, since that is told by itself. */
  schema: JsonSchema;
  /** The container that "inside" and "foreign-local" speak of. */
  container?: string;
}

export type Within = FieldSite["within"];

const ANYTHING: JsonSchema = {};

/** What a name stands for in a node's config: in the config as a whole, or in a field that is rendered within the node's own body. */
function meaningOf(world: World, place: { node: number; within: Within }, name: string): Meaning {
  const local = localSchema(world, place, name);
  if (local) return { status: "local", schema: local };
  const index = world.graph.indexOf.get(name);
  if (index !== undefined) return stepMeaning(world, place, index);
  if (name === VARIABLES) return { status: "variables", schema: world.variables.schema(certainAt(world, place)) };
  const container = world.graph.keys.find((key) => Object.hasOwn(world.shapes.get(key)?.body?.locals ?? {}, name));
  if (container !== undefined) return { status: "foreign-local", schema: ANYTHING, container };
  return { status: "unknown", schema: ANYTHING };
}

const certainAt = ({ reach }: World, { node, within }: { node: number; within: Within }) =>
  (within === "body" ? reach.roundEnds.get(node)?.certain : undefined) ?? reach.certain[node]!;

function localSchema(
  { graph, shapes }: World,
  { node, within }: { node: number; within: Within },
  name: string,
): JsonSchema | undefined {
  for (let at = within ? node : graph.parents[node]!; at !== -1; at = graph.parents[at]!) {
    const locals = shapes.get(graph.keys[at]!)?.body?.locals;
    if (locals && Object.hasOwn(locals, name)) return locals[name];
  }
  return undefined;
}

function stepMeaning(world: World, place: { node: number; within: Within }, index: number): Meaning {
  const { graph, reach } = world;
  const { node, within } = place;
  if (index === node) return { status: "self", schema: ANYTHING };
  if (world.shapes.get(graph.keys[index]!)?.role !== "step") return { status: "no-output", schema: ANYTHING };
  const visible = (within === "body" ? reach.roundEnds.get(node)?.visible : undefined) ?? reach.visible[node]!;
  if (visible.has(index)) {
    const sure = certainAt(world, place).has(index);
    return { status: sure ? "there" : "maybe", schema: outputOf(world, index) };
  }
  if (isAround(graph, index, node)) return { status: "around", schema: ANYTHING };
  const container = borderBetween(graph, index, within === "body" ? node : graph.parents[node]!);
  if (container !== undefined) return { status: "inside", schema: ANYTHING, container: graph.keys[container]! };
  return { status: "not-before", schema: ANYTHING };
}

function isAround(graph: FlowGraph, container: number, node: number): boolean {
  for (let at = graph.parents[node]!; at !== -1; at = graph.parents[at]!) if (at === container) return true;
  return false;
}

/** The outermost container around a node that isn't around a place at `level`; undefined where there is none. */
function borderBetween(graph: FlowGraph, node: number, level: number): number | undefined {
  for (let at = level; ; at = graph.parents[at]!) {
    const seen = seenFrom(graph, node, at);
    if (seen !== undefined) return seen === node ? undefined : seen;
    if (at === -1) return undefined;
  }
}

const ERROR_SCHEMA: JsonSchema = {
  type: "object",
  properties: { code: { type: "string" }, message: { type: "string" } },
  required: ["code", "message"],
  additionalProperties: true,
};

const withErrors = new WeakMap<JsonSchema, JsonSchema>();

/** What a reference to a step reads. After a failure that goes on by the error port, that is the error. */
function outputOf({ graph, shapes }: World, index: number): JsonSchema {
  const { output } = shapes.get(graph.keys[index]!)!;
  const handled = graph.outgoing[index]!.some((edge) => graph.edges[edge]!.port === ERROR_PORT);
  if (!handled || !output.properties) return output;
  const known = withErrors.get(output);
  if (known) return known;
  const schema = { ...output, properties: { ...output.properties, error: ERROR_SCHEMA } };
  withErrors.set(output, schema);
  return schema;
}

/** A name that a config refers to, in fields of one kind of scope. */
export interface Root {
  within: Within;
  name: string;
}

/** What the names in one node's config stand for, each looked up once. */
export class NamesOfNode {
  readonly world: World;
  readonly node: number;
  /** One for each root. */
  readonly meanings: readonly Meaning[];
  private readonly roots: readonly Root[];

  constructor(world: World, node: number, roots: readonly Root[]) {
    this.world = world;
    this.node = node;
    this.roots = roots;
    this.meanings = roots.map(({ within, name }) => meaningOf(world, { node, within }, name));
  }

  meaning(within: Within, name: string): Meaning {
    const { roots, meanings } = this;
    for (let at = 0; at < roots.length; at++)
      if (roots[at]!.name === name && roots[at]!.within === within) return meanings[at]!;
    return meaningOf(this.world, { node: this.node, within }, name);
  }

  /** Names as expressions are checked against. Names that lead nowhere count as anything: that they do is told once, by the reference. */
  typeScope(within: Within): TypeScope {
    return { names: () => [], get: (name) => this.meaning(within, name).schema };
  }
}

/** Whether names mean what they meant. What `vars` holds is put together anew each time, so that is compared by content. */
export function isSameMeaning(before: readonly Meaning[], now: readonly Meaning[]): boolean {
  return before.every((one, index) => {
    const other = now[index]!;
    if (one.status !== other.status || one.container !== other.container) return false;
    if (one.schema === other.schema) return true;
    return one.status === "variables" && JSON.stringify(one.schema) === JSON.stringify(other.schema);
  });
}
