import type { FlowAnalysis, NodeAnalysis } from "./analysis.ts";
import { checkFlows, type AnalyzeOptions } from "./check-flows.ts";
import { checkHandedOver } from "./check-handed-over.ts";
import { checkLayout } from "./check-graph.ts";
import { checkNode } from "./check-node.ts";
import { graphPart, type GraphPart } from "./graph-part.ts";
import { inferShapes, type InferredShape } from "./infer-shapes.ts";
import { LocalNames } from "./local-names.ts";
import { nodeInfo, steadyShape, type NodeInfo } from "./node-info.ts";
import type { NodeShape, NodeTypes } from "./node-types.ts";
import { outputOf, triggersOf } from "./outcome.ts";
import { placeProblems } from "./place-problems.ts";
import type { Problem } from "./problem.ts";
import type { FlowSource } from "./read.ts";
import { ReferenceChecks } from "./reference-checks.ts";
import type { Flow, FlowNode } from "./schema.ts";
import type { World } from "./scope.ts";
import { Variables } from "./variables.ts";

/** What an analysis is made of: a flow, with its text where problems shall have lines. */
export type Analyzable = Pick<FlowSource, "flow" | "problems"> & Partial<FlowSource>;

/** Analyses one flow again and again as it is edited, and looks only at what changed. */
export interface Analyzer {
  analyze(source: Analyzable, options?: AnalyzeOptions): FlowAnalysis;
}

/** Makes an analyzer. One for each flow that is edited: it remembers the flow that it saw last. */
export const createAnalyzer = (types: NodeTypes): Analyzer => new IncrementalAnalyzer(types);

class IncrementalAnalyzer implements Analyzer {
  private readonly types: NodeTypes;
  private readonly infos = new WeakMap<FlowNode, NodeInfo>();
  private readonly inferred = new WeakMap<FlowNode, readonly InferredShape[]>();
  private readonly checks = new WeakMap<NodeInfo, { key: string; wired: boolean; problems: Problem[] }>();
  private readonly references = new ReferenceChecks();
  private part: GraphPart | undefined;
  private shapes: ReadonlyMap<string, NodeShape> = new Map();
  private nodes: Record<string, NodeAnalysis> = {};

  constructor(types: NodeTypes) {
    this.types = types;
  }

  analyze(source: Analyzable, options: AnalyzeOptions = {}): FlowAnalysis {
    const { flow } = source;
    const keys = Object.keys(flow.nodes);
    const infos = keys.map((key) => this.info(key, flow.nodes[key]!));
    const shapes = new Map<string, NodeShape>();
    for (const [index, key] of keys.entries()) shapes.set(key, infos[index]!.shape);
    const structures = infos.map(({ structure }) => structure);
    const part = graphPart({ flow, structures, shapes, types: this.types }, this.part);
    const { graph, reach } = part;
    const world = { flow, graph, shapes, reach, variables: new Variables(flow, graph, { reach, shapes }) };
    if (infos.some(({ infers }) => infers)) this.infer(world, infos, options);
    const settled: World = { ...world, variables: new Variables(flow, graph, { reach, shapes }) };
    const problems = this.ownProblems(part, infos, { flow, options });
    for (const found of part.problems) problems.push(found);
    problems.push(...checkLayout(flow), ...settled.variables.problems());
    this.nodes = this.describe(settled, { infos, scopes: part.scopes.whole, problems });
    this.part = part;
    this.shapes = shapes;
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

  private info(key: string, node: FlowNode): NodeInfo {
    const known = this.infos.get(node);
    if (known) return known;
    const told = nodeInfo(node, this.types);
    const info = { ...told, shape: steadyShape(told.shape, this.shapes.get(key)) };
    this.infos.set(node, info);
    return info;
  }

  private infer(
    world: World & { shapes: Map<string, NodeShape> },
    infos: readonly NodeInfo[],
    { flows }: AnalyzeOptions,
  ): void {
    inferShapes({
      ...world,
      types: this.types,
      info: (node) => infos[node]!,
      signature: (name) => flows?.get(name),
      before: this.shapes,
      known: this.inferred,
    });
  }

  /** What is wrong with nodes by themselves. */
  private ownProblems(
    { graph, wired }: GraphPart,
    infos: readonly NodeInfo[],
    { flow, options }: { flow: Flow; options: AnalyzeOptions },
  ): Problem[] {
    const problems: Problem[] = [];
    for (const [index, key] of graph.keys.entries()) {
      const info = infos[index]!;
      const found = this.checkNode(info, flow.nodes[key]!, { key, wired: wired.has(key) });
      if (found.length > 0) problems.push(...found);
      if (info.flows.length === 0) continue;
      problems.push(...checkFlows(key, info, options));
      problems.push(...checkHandedOver(key, { node: flow.nodes[key]!, info, wired: wired.has(key) }, options.flows));
    }
    return problems;
  }

  private checkNode(info: NodeInfo, node: FlowNode, { key, wired }: { key: string; wired: boolean }): Problem[] {
    const known = this.checks.get(info);
    if (known && known.key === key && known.wired === wired) return known.problems;
    const problems = checkNode(key, node, { types: this.types, wired });
    this.checks.set(info, { key, wired, problems });
    return problems;
  }

  private describe(
    world: World,
    { infos, scopes, problems }: { infos: readonly NodeInfo[]; scopes: readonly string[][]; problems: Problem[] },
  ): Record<string, NodeAnalysis> {
    const { graph, shapes } = world;
    const nodes: Record<string, NodeAnalysis> = {};
    const locals = new LocalNames(world);
    for (const [index, key] of graph.keys.entries()) {
      const { problems: found, uses } = this.references.check(world, index, infos[index]!);
      if (found.length > 0) problems.push(...found);
      const parent = graph.parents[index] === -1 ? undefined : graph.keys[graph.parents[index]!]!;
      const parts = { shape: shapes.get(key)!, parent, locals: locals.of(index), scope: scopes[index]!, uses };
      nodes[key] = described(parts, this.nodes[key]);
    }
    return nodes;
  }
}

/** Behind a syntax error half of the flow is missing: what follows from that isn't worth telling. */
const isBroken = (source: Partial<FlowSource>): boolean => (source.document?.problems.length ?? 0) > 0;

interface Parts extends Pick<NodeAnalysis, "locals" | "scope" | "uses"> {
  shape: NodeShape;
  parent: string | undefined;
}

/** What a node's description was made of. */
const madeOf = new WeakMap<NodeAnalysis, Parts>();

/** A node's description: the same object as before where nothing of it changed. */
function described(parts: Parts, before: NodeAnalysis | undefined): NodeAnalysis {
  const { shape, parent, locals, scope, uses } = parts;
  const old = before && madeOf.get(before);
  const same =
    old &&
    old.shape === shape &&
    old.parent === parent &&
    old.locals === locals &&
    old.scope === scope &&
    old.uses === uses;
  if (same) return before;
  const now: NodeAnalysis = { ...shape, ...(parent !== undefined && { parent }), locals, scope, uses };
  madeOf.set(now, parts);
  return now;
}
