import { checkExpression, checkTemplate, onlySlot, unionOf } from "../expr/index.ts";
import { isJsonObject, type JsonSchema, type JsonValue } from "../lib/json.ts";
import { getAt } from "./json-path.ts";
import type { FlowSignature, Inference, NodeShape, NodeTypes } from "./node-types.ts";
import { steadyShape, type NodeInfo, type ReadSite } from "./node-info.ts";
import { isSameMeaning, meaningOf, typeScopeOf, type Meaning, type World } from "./scope.ts";
import type { FlowNode } from "./schema.ts";

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
  info(node: number): NodeInfo;
  signature(name: string): FlowSignature | undefined;
  /** The shapes of the analysis before, by key. */
  before: ReadonlyMap<string, NodeShape>;
  /** Shapes from before, by node. */
  known: WeakMap<FlowNode, readonly InferredShape[]>;
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

function refine(world: InferenceWorld, node: number): void {
  const key = world.graph.keys[node]!;
  const info = world.info(node);
  if (!info.infers) return;
  const written = world.flow.nodes[key]!;
  const meanings = info.roots.map(({ within, name }) => meaningOf(world, { node, within }, name));
  const flows = info.flows.map(({ value }) => world.signature(value));
  const known = world.known.get(written) ?? [];
  const holding = known.find((one) => isSameMeaning(one.meanings, meanings) && isSameList(one.flows, flows));
  if (holding) {
    world.shapes.set(key, holding.shape);
    return;
  }
  const told = world.types.shape(written.type, written.config ?? {}, new Values(world, node, info));
  const shape = steadyShape(told, world.before.get(key));
  world.shapes.set(key, shape);
  // A container is looked at twice in each analysis: before and after its body.
  world.known.set(written, [{ shape, meanings, flows }, ...known].slice(0, 2));
}

const isSameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index]);

/** What is known of the values in a node's config. */
class Values implements Inference {
  private readonly world: InferenceWorld;
  private readonly node: number;
  private readonly config: JsonValue;
  private readonly info: NodeInfo;

  constructor(world: InferenceWorld, node: number, info: NodeInfo) {
    this.world = world;
    this.node = node;
    this.config = world.flow.nodes[world.graph.keys[node]!]!.config ?? {};
    this.info = info;
  }

  valueAt(keys: Keys): JsonSchema {
    return this.schemaAt(keys);
  }

  flow(name: string): FlowSignature | undefined {
    return this.world.signature(name);
  }

  private schemaAt(keys: Keys): JsonSchema {
    const value = getAt(this.config, keys);
    if (value === undefined) return {};
    const site = this.info.readAt(keys);
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

  /** What a text gives once it is rendered; null too where what it refers to may have been skipped. */
  private rendered({ site, parsed, references }: ReadSite): JsonSchema {
    const place = { node: this.node, within: site.within };
    const scope = typeScopeOf(this.world, place);
    if (!("parts" in parsed))
      return this.orNothing(checkExpression(parsed, scope).schema, { references, site, parsed });
    if (parsed.parts.every((part) => typeof part === "string")) return { const: site.value };
    const single = site.typed === true && onlySlot(parsed) !== undefined;
    const { schema } = checkTemplate(parsed, scope, { typed: site.typed === true });
    return single ? this.orNothing(schema, { references, site, parsed }) : schema;
  }

  private orNothing(schema: JsonSchema, { references, site }: ReadSite): JsonSchema {
    const place = { node: this.node, within: site.within };
    const mayMiss = references.some(
      ({ root, guarded }) => !guarded && meaningOf(this.world, place, root).status === "maybe",
    );
    return mayMiss && Object.keys(schema).length > 0 ? unionOf([schema, { type: "null" }]) : schema;
  }
}
