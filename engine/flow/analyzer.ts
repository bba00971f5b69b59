import type { FlowAnalysis, NodeAnalysis } from "./analysis.ts";
import { parentOf } from "./bodies.ts";
import { checkFlows, namedFlows, type AnalyzeOptions } from "./check-flows.ts";
import { checkGraph } from "./check-graph.ts";
import { checkNode } from "./check-node.ts";
import { checkBindings, checkEdges } from "./check-wires.ts";
import { buildGraph, nearestAncestors, type FlowGraph } from "./graph.ts";
import { inferShapes, type InferredShape } from "./infer-shapes.ts";
import { nodeInfo, type NodeInfo } from "./node-info.ts";
import type { NodeShape, NodeTypes } from "./node-types.ts";
import { outputOf, triggersOf } from "./outcome.ts";
import { placeProblems } from "./place-problems.ts";
import type { Problem } from "./problem.ts";
import { reachOf, type Reach } from "./reach.ts";
import type { FlowSource } from "./read.ts";
import { ReferenceChecks } from "./reference-checks.ts";
import type { Flow, FlowNode } from "./schema.ts";
import type { World } from "./scope.ts";
import { VARIABLES, Variables } from "./variables.ts";

/** What an analysis is made of: a flow, with its text where problems shall have lines. */
export type Analyzable = Pick<FlowSource, "flow" | "problems"> & Partial<FlowSource>;

/** Analyses one flow again and again as it is edited, and looks only at what changed. */
export interface Analyzer {
  analyze(source: Analyzable, options?: AnalyzeOptions): FlowAnalysis;
}

/** Makes an analyzer. One for each flow that is edited: it remembers the flow that it saw last. */
export const createAnalyzer = (types: NodeTypes): Analyzer => new IncrementalAnalyzer(types);

/** How many ancestors a node's `scope` lists: a picker needs the near ones; references may still name any. */
const SCOPE_LIMIT = 100;

/** What follows from the graph alone. It stays as long as nodes are the same to the graph and edges join the same. */
interface GraphPart {
  flow: Flow;
  structures: readonly string[];
  graph: FlowGraph;
  reach: Reach;
  scopes: readonly string[][];
}

class IncrementalAnalyzer implements Analyzer {
  private readonly types: NodeTypes;
  private readonly infos = new WeakMap<FlowNode, NodeInfo>();
  private readonly inferred = new WeakMap<FlowNode, readonly InferredShape[]>();
  private readonly checks = new WeakMap<FlowNode, { key: string; wired: boolean; problems: Problem[] }>();
  private readonly references = new ReferenceChecks();
  private part: GraphPart | undefined;
  private nodes: Record<string, NodeAnalysis> = {};

  constructor(types: NodeTypes) {
    this.types = types;
  }

  analyze(source: Analyzable, options: AnalyzeOptions = {}): FlowAnalysis {
    const { flow } = source;
    const infos = new Map(Object.entries(flow.nodes).map(([key, node]) => [key, this.info(node)]));
    const shapes = new Map<string, NodeShape>();
    for (const [key, info] of infos) shapes.set(key, info.shape);
    const { graph, reach, scopes } = this.graphPart(flow, infos, shapes);
    const world = { flow, graph, shapes, reach, variables: new Variables(flow, graph, { reach, shapes }) };
    this.infer(world, infos, options);
    const problems = this.ownProblems(flow, infos, options);
    problems.push(...checkEdges(flow, shapes), ...checkBindings(flow, shapes));
    problems.push(...checkGraph(flow, graph, { shapes, types: this.types, parts: reach.parts }));
    const variables = new Variables(flow, graph, { reach, shapes });
    problems.push(...variables.problems());
    const settled: World = { ...world, variables };
    this.nodes = this.describe(settled, { infos, scopes, problems });
    const triggers = triggersOf(graph, reach, shapes);
    return {
      problems: isBroken(source)
        ? [...source.problems]
        : [...source.problems, ...placeProblems(problems, { document: undefined, ...source })],
      nodes: this.nodes,
      input: triggers[0]?.input ?? { type: "object", properties: {} },
      output: outputOf(flow, graph, { reach, shapes }),
      triggers,
    };
  }

  private info(node: FlowNode): NodeInfo {
    const known = this.infos.get(node);
    if (known) return known;
    const info = nodeInfo(node, this.types);
    this.infos.set(node, info);
    return info;
  }

  private graphPart(
    flow: Flow,
    infos: ReadonlyMap<string, NodeInfo>,
    shapes: ReadonlyMap<string, NodeShape>,
  ): GraphPart {
    const structures = [...infos.values()].map(({ structure }) => structure);
    const before = this.part;
    if (before && isSameGraph(before, flow, structures)) return before;
    const graph = buildGraph(flow, shapes);
    const reach = reachOf(flow, graph, shapes);
    this.part = { flow, structures, graph, reach, scopes: scopesOf(graph, before?.scopes) };
    return this.part;
  }

  private infer(
    world: World & { shapes: Map<string, NodeShape> },
    infos: ReadonlyMap<string, NodeInfo>,
    options: AnalyzeOptions,
  ): void {
    if (![...infos.values()].some(({ infers }) => infers)) return;
    inferShapes({
      ...world,
      types: this.types,
      info: (key) => infos.get(key)!,
      signature: (name) => options.flows?.get(name),
      known: this.inferred,
    });
  }

  /** What is wrong with nodes by themselves. */
  private ownProblems(flow: Flow, infos: ReadonlyMap<string, NodeInfo>, options: AnalyzeOptions): Problem[] {
    const problems: Problem[] = [];
    const wired = wiredNodes(flow);
    for (const [key, node] of Object.entries(flow.nodes)) {
      problems.push(...this.checkNode(key, node, wired.has(key)));
      const info = infos.get(key)!;
      if (namedFlows(info).length > 0) problems.push(...checkFlows(key, info, options));
    }
    return problems;
  }

  private checkNode(key: string, node: FlowNode, wired: boolean): Problem[] {
    const known = this.checks.get(node);
    if (known && known.key === key && known.wired === wired) return known.problems;
    const problems = checkNode(key, node, { types: this.types, wired });
    this.checks.set(node, { key, wired, problems });
    return problems;
  }

  private describe(
    world: World,
    {
      infos,
      scopes,
      problems,
    }: { infos: ReadonlyMap<string, NodeInfo>; scopes: readonly string[][]; problems: Problem[] },
  ): Record<string, NodeAnalysis> {
    const nodes: Record<string, NodeAnalysis> = {};
    const locals = new LocalNames(world);
    for (const [index, key] of world.graph.keys.entries()) {
      const checked = this.references.check(world, key, infos.get(key)!);
      problems.push(...checked.problems);
      const parent = parentOf(world.flow, key);
      const described: NodeAnalysis = {
        ...world.shapes.get(key)!,
        ...(parent !== undefined && { parent }),
        locals: locals.of(index),
        scope: scopes[index]!,
        uses: checked.uses,
      };
      nodes[key] = sameParts(this.nodes[key], described) ? this.nodes[key]! : described;
    }
    return nodes;
  }
}

/** Behind a syntax error half of the flow is missing: what follows from that isn't worth telling. */
const isBroken = (source: Partial<FlowSource>): boolean => (source.document?.problems.length ?? 0) > 0;

function isSameGraph(before: GraphPart, flow: Flow, structures: readonly string[]): boolean {
  if (before.structures.length !== structures.length) return false;
  if (!structures.every((structure, index) => structure === before.structures[index])) return false;
  const keys = before.graph.keys;
  let index = 0;
  for (const key in flow.nodes) if (keys[index++] !== key) return false;
  return isSameEdges(before.flow.edges, flow.edges) && isSameRecord(before.flow.parents, flow.parents);
}

function isSameEdges(before: Flow["edges"], now: Flow["edges"]): boolean {
  if (before === now) return true;
  return (
    before.length === now.length &&
    before.every((edge, index) => {
      const other = now[index]!;
      return edge === other || (edge.from === other.from && edge.to === other.to && edge.port === other.port);
    })
  );
}

function isSameRecord(before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): boolean {
  if (before === now) return true;
  const keys = Object.keys(now);
  return keys.length === Object.keys(before).length && keys.every((key) => before[key] === now[key]);
}

/** The steps that each node may refer to, nearest first: those of its own level, then those of the levels around it. */
function scopesOf(graph: FlowGraph, before: readonly string[][] | undefined): string[][] {
  const nearest = nearestAncestors(graph, SCOPE_LIMIT);
  const own = graph.keys.map((_, node) => nearest(node));
  for (const node of graph.inner) own[node] = [...own[node]!, ...own[graph.parents[node]!]!].slice(0, SCOPE_LIMIT);
  return own.map((scope, node) => {
    const known = before?.[node];
    return known && known.length === scope.length && known.every((key, at) => key === scope[at]) ? known : scope;
  });
}

/** Nodes that somebody has begun to use: with an edge or a binding, or alone in a body. */
function wiredNodes(flow: Flow): Set<string> {
  const wired = new Set<string>();
  for (const { from, to } of flow.edges) wired.add(from).add(to);
  for (const { from, to } of flow.bindings) wired.add(from).add(to);
  const sizes = new Map<string, number>();
  for (const parent of Object.values(flow.parents)) sizes.set(parent, (sizes.get(parent) ?? 0) + 1);
  for (const [key, parent] of Object.entries(flow.parents)) if (sizes.get(parent) === 1) wired.add(key);
  return wired;
}

/** The names beside steps that nodes may refer to. Nodes with the same names share them. */
class LocalNames {
  private readonly world: World;
  private readonly byParent = new Map<number, NodeAnalysis["locals"]>();

  constructor(world: World) {
    this.world = world;
  }

  of(node: number): NodeAnalysis["locals"] {
    const { graph, variables, reach } = this.world;
    const around = this.around(graph.parents[node]!);
    if (variables.writers.size === 0) return around;
    return { ...around, [VARIABLES]: variables.schema(reach.certain[node]!) };
  }

  private around(parent: number): NodeAnalysis["locals"] {
    const known = this.byParent.get(parent);
    if (known) return known;
    const { graph, shapes } = this.world;
    const locals =
      parent === -1
        ? NO_LOCALS
        : { ...this.around(graph.parents[parent]!), ...shapes.get(graph.keys[parent]!)?.body?.locals };
    this.byParent.set(parent, locals);
    return locals;
  }
}

const NO_LOCALS: NodeAnalysis["locals"] = {};

/** Whether a node looks as it did: then what was told of it stays the same object. */
function sameParts(before: NodeAnalysis | undefined, now: NodeAnalysis): boolean {
  if (!before) return false;
  const keys = Object.keys(now) as (keyof NodeAnalysis)[];
  return (
    keys.length === Object.keys(before).length &&
    keys.every((key) => before[key] === now[key] || (key === "uses" && isSameList(before.uses, now.uses)))
  );
}

const isSameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index]);
