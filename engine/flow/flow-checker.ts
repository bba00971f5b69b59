import { checkFlows, type AnalyzeOptions } from "./check-flows.ts";
import { checkHandedOver } from "./check-handed-over.ts";
import { checkLayout } from "./check-graph.ts";
import { checkNode } from "./check-node.ts";
import { graphPart, type GraphPart } from "./graph-part.ts";
import { inferShapes } from "./infer-shapes.ts";
import type { KnownNode } from "./known-node.ts";
import { nodeInfo, steadyShape, type NodeInfo } from "./node-info.ts";
import type { NodeShape, NodeTypes } from "./node-types.ts";
import type { Problem } from "./problem.ts";
import { checkNodeReferences } from "./reference-checks.ts";
import type { Flow, FlowNode } from "./schema.ts";
import type { World } from "./scope.ts";
import { Variables } from "./variables.ts";

/** A flow that was looked at: its problems, without lines, and what they were found from. */
export interface CheckedFlow {
  problems: Problem[];
  world: World;
  /** By node in the graph: the keys of the steps that it refers to. */
  uses: readonly string[][];
  /** What a node of the flow is by itself. */
  info(key: string): NodeInfo;
}

const NONE: readonly never[] = [];

/** Finds the problems of one flow, again and again as it is edited, and looks only at what changed. */
export class FlowChecker {
  private readonly types: NodeTypes;
  private written: Flow["nodes"] | undefined;
  private known: ReadonlyMap<string, KnownNode> = new Map();
  private part: GraphPart | undefined;
  private shapes: ReadonlyMap<string, NodeShape> = new Map();

  constructor(types: NodeTypes) {
    this.types = types;
  }

  check(flow: Flow, options: AnalyzeOptions = {}): CheckedFlow {
    const known = this.nodesOf(flow);
    const nodes = [...known.values()];
    const shapes = new Map<string, NodeShape>();
    for (const { key, info } of nodes) shapes.set(key, info.shape);
    const part = graphPart({ flow, nodes, shapes, types: this.types }, this.part);
    const { graph, reach } = part;
    const world = { flow, graph, shapes, reach, variables: new Variables(flow, graph, { reach, shapes }) };
    if (nodes.some(({ info }) => info.infers)) this.infer(world, nodes, options);
    const settled: World = { ...world, variables: new Variables(flow, graph, { reach, shapes }) };
    const problems: Problem[] = [];
    for (const node of nodes) this.checkNode(node, { problems, options, wired: part.wired.has(node.key) });
    for (const found of part.problems) problems.push(found);
    problems.push(...checkLayout(flow), ...settled.variables.problems());
    const uses = nodes.map((node, index) => {
      const check = checkNodeReferences(settled, index, node);
      if (check.problems.length > 0) problems.push(...check.problems);
      return check.uses;
    });
    this.written = flow.nodes;
    this.known = known;
    this.part = part;
    this.shapes = shapes;
    return { problems, world: settled, uses, info: (key) => known.get(key)!.info };
  }

  private nodesOf(flow: Flow): ReadonlyMap<string, KnownNode> {
    if (flow.nodes === this.written) return this.known;
    const nodes = new Map<string, KnownNode>();
    for (const key of Object.keys(flow.nodes)) {
      const node = flow.nodes[key]!;
      const before = this.known.get(key);
      nodes.set(key, before?.node === node ? before : { key, node, info: this.info(key, node), inferred: NONE });
    }
    return nodes;
  }

  private info(key: string, node: FlowNode): NodeInfo {
    const info = nodeInfo(node, this.types);
    const before = this.shapes.get(key);
    return before ? { ...info, shape: steadyShape(info.shape, before) } : info;
  }

  private infer(
    world: World & { shapes: Map<string, NodeShape> },
    nodes: readonly KnownNode[],
    { flows }: AnalyzeOptions,
  ): void {
    inferShapes({ ...world, types: this.types, nodes, signature: (name) => flows?.get(name), before: this.shapes });
  }

  /** What is wrong with a node by itself. */
  private checkNode(
    known: KnownNode,
    { problems, options, wired }: { problems: Problem[]; options: AnalyzeOptions; wired: boolean },
  ): void {
    const { key, node, info } = known;
    if (known.own?.wired !== wired) known.own = { wired, problems: checkNode(key, node, { types: this.types, wired }) };
    for (const found of known.own.problems) problems.push(found);
    if (info.flows.length === 0) return;
    problems.push(...checkFlows(key, info, options));
    problems.push(...checkHandedOver(key, { node, info, wired }, options.flows));
  }
}
