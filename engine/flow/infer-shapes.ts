import { checkExpression, checkTemplate, onlySlot, unionOf } from "../expr/index.ts";
import { isJsonObject, type JsonSchema } from "../lib/json.ts";
import { getAt } from "./json-path.ts";
import type { FlowSignature, Inference, NodeShape, NodeTypes } from "./node-types.ts";
import type { KnownNode } from "./known-node.ts";
import { steadyShape, type ReadSite } from "./node-info.ts";
import { isSameMeaning, NamesOfNode, type Meaning, type World } from "./scope.ts";

type Keys = readonly (string | number)[];

/** A shape with what it was told of: while the names in the config mean the same, it stays. */
export interface InferredShape {
  shape: NodeShape;
  meanings: readonly Meaning[];
  flows: readonly (FlowSignature | undefined)[];
}

/** What inference is given of a flow. `shapes` is refined by it, in the order of the graph. */
export interface InferenceWorld extends World {
  shapes: Map<string, NodeShape>;
  types: NodeTypes;
  nodes: readonly KnownNode[];
  signature(name: string): FlowSignature | undefined;
  /** The shapes of the analysis before, by key. */
  before: ReadonlyMap<string, NodeShape>;
}

/** Works out the shapes that depend on values: each node after those that it may refer to, a container before and after its body. */
export function inferShapes(world: InferenceWorld): void {
  const levels = new Map<number, number[]>();
  for (const node of world.graph.order) {
    const parent = world.graph.parents[node]!;
    const level = levels.get(parent);
    if (level) level.push(node);
    else levels.set(parent, [node]);
  }
  const settle = (parent: number): void => {
    for (const node of levels.get(parent) ?? []) {
      refine(world, node);
      if (!levels.has(node)) continue;
      settle(node);
      refine(world, node);
    }
  };
  settle(-1);
}

function refine(world: InferenceWorld, index: number): void {
  const known = world.nodes[index]!;
  const { key, node, info, inferred } = known;
  if (!info.infers) return;
  const names = new NamesOfNode(world, index, info.roots);
  const { meanings } = names;
  const flows = info.flows.map(({ value }) => world.signature(value));
  const holding = inferred.find((one) => isSameMeaning(one.meanings, meanings) && isSameList(one.flows, flows));
  if (holding) {
    world.shapes.set(key, holding.shape);
    return;
  }
  const told = world.types.shape(node.type, node.config ?? {}, new Values(world, known, names));
  const shape = steadyShape(told, world.before.get(key));
  world.shapes.set(key, shape);
  // A container is looked at twice in each analysis: before and after its body.
  known.inferred = [{ shape, meanings, flows }, ...inferred].slice(0, 2);
}

const isSameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index]);

/** What is known of the values in a node's config. */
class Values implements Inference {
  private readonly world: InferenceWorld;
  private readonly known: KnownNode;
  private readonly names: NamesOfNode;
  private places: ReadonlyMap<string, ReadSite> | undefined;

  constructor(world: InferenceWorld, known: KnownNode, names: NamesOfNode) {
    this.world = world;
    this.known = known;
    this.names = names;
  }

  valueAt(keys: Keys): JsonSchema {
    return this.schemaAt(keys);
  }

  flow(name: string): FlowSignature | undefined {
    return this.world.signature(name);
  }

  private schemaAt(keys: Keys): JsonSchema {
    const value = getAt(this.known.node.config ?? {}, keys);
    if (value === undefined) return {};
    const site = this.siteAt(keys);
    if (site) return this.rendered(site);
    if (Array.isArray(value)) {
      const items = value.map((_, index) => this.schemaAt([...keys, index]));
      const unknown = items.length === 0 || items.some((schema) => Object.keys(schema).length === 0);
      return { type: "array", ...(!unknown && { items: unionOf(items) }) };
    }
    if (isJsonObject(value)) {
      const names = Object.keys(value);
      const properties = Object.fromEntries(names.map((name) => [name, this.schemaAt([...keys, name])]));
      return { type: "object", properties, required: names, additionalProperties: false };
    }
    return value === null ? { type: "null" } : { const: value };
  }

  private siteAt(keys: Keys): ReadSite | undefined {
    const { read } = this.known.info;
    if (read.length === 0) return undefined;
    this.places ??= new Map(read.map((one) => [JSON.stringify(one.site.keys), one]));
    return this.places.get(JSON.stringify(keys));
  }

  /** What a text gives once it is rendered; null too where what it refers to may have been skipped. */
  private rendered({ site, parsed, references }: ReadSite): JsonSchema {
    const scope = this.names.typeScope(site.within);
    if (!("parts" in parsed))
      return this.orNothing(checkExpression(parsed, scope).schema, { references, site, parsed });
    if (parsed.parts.every((part) => typeof part === "string")) return { const: site.value };
    const single = site.typed === true && onlySlot(parsed) !== undefined;
    const { schema } = checkTemplate(parsed, scope, { typed: site.typed === true });
    return single ? this.orNothing(schema, { references, site, parsed }) : schema;
  }

  private orNothing(schema: JsonSchema, { references, site }: ReadSite): JsonSchema {
    const mayMiss = references.some(
      ({ root, guarded }) => !guarded && this.names.meaning(site.within, root).status === "maybe",
    );
    return mayMiss && Object.keys(schema).length > 0 ? unionOf([schema, { type: "null" }]) : schema;
  }
}
