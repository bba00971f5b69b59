import type { FlowAnalysis, NodeAnalysis } from "./analysis.ts";
import type { AnalyzeOptions } from "./check-flows.ts";
import { FlowChecker, type CheckedFlow } from "./flow-checker.ts";
import { LocalNames } from "./local-names.ts";
import type { NodeShape, NodeTypes } from "./node-types.ts";
import { outputOf, triggersOf } from "./outcome.ts";
import { placeProblems } from "./place-problems.ts";
import type { FlowSource } from "./read.ts";
import { scopesOf, type KnownScopes } from "./scopes.ts";

/** What an analysis is made of: a flow, with its text where problems shall have lines. */
export type Analyzable = Pick<FlowSource, "flow" | "problems"> & Partial<FlowSource>;

/** Analyses one flow again and again as it is edited, and looks only at what changed. */
export interface Analyzer {
  analyze(source: Analyzable, options?: AnalyzeOptions): FlowAnalysis;
}

/** Makes an analyzer. One for each flow that is edited: it remembers the flow that it saw last. */
export const createAnalyzer = (types: NodeTypes): Analyzer => new IncrementalAnalyzer(types);

class IncrementalAnalyzer implements Analyzer {
  private readonly checker: FlowChecker;
  private scopes: KnownScopes | undefined;
  private shapes: ReadonlyMap<string, NodeShape> = new Map();
  private nodes: Readonly<Record<string, NodeAnalysis>> = {};

  constructor(types: NodeTypes) {
    this.checker = new FlowChecker(types);
  }

  analyze(source: Analyzable, options: AnalyzeOptions = {}): FlowAnalysis {
    const { flow } = source;
    const checked = this.checker.check(flow, options);
    const { graph, reach, shapes } = checked.world;
    const triggers = triggersOf(graph, reach, shapes);
    return {
      problems: isBroken(source)
        ? [...source.problems]
        : [...source.problems, ...placeProblems(checked.problems, { document: undefined, ...source })],
      nodes: this.describe(checked),
      input: triggers[0]?.input ?? { type: "object", properties: {} },
      output: outputOf(flow, graph, { reach, shapes }),
      triggers,
    };
  }

  private describe({ world, uses }: CheckedFlow): Record<string, NodeAnalysis> {
    const { graph, shapes } = world;
    this.scopes = scopesOf(graph, this.scopes);
    const locals = new LocalNames(world);
    const nodes: Record<string, NodeAnalysis> = {};
    for (let index = 0; index < graph.keys.length; index++) {
      const key = graph.keys[index]!;
      const shape = shapes.get(key)!;
      const parent = graph.parents[index] === -1 ? undefined : graph.keys[graph.parents[index]!]!;
      const now = { parent, locals: locals.of(index), scope: this.scopes.whole[index]!, uses: uses[index]! };
      const before = Object.hasOwn(this.nodes, key) ? this.nodes[key]! : undefined;
      const stays = before && this.shapes.get(key) === shape && isSame(before, now);
      nodes[key] = stays ? before : describedBy(shape, now);
    }
    this.nodes = nodes;
    this.shapes = shapes;
    return nodes;
  }
}

/** Behind a syntax error half of the flow is missing, in another file all of it: what follows from that isn't worth telling. */
const isBroken = ({ document, problems }: Partial<FlowSource>): boolean =>
  (document?.problems.length ?? 0) > 0 || (problems ?? []).some(({ code }) => code === "flow.not-a-flow");

/** What a node's description has beside its shape. */
interface Surroundings extends Pick<NodeAnalysis, "locals" | "scope" | "uses"> {
  parent: string | undefined;
}

const isSame = (before: NodeAnalysis, { parent, locals, scope, uses }: Surroundings): boolean =>
  before.parent === parent && before.locals === locals && before.scope === scope && before.uses === uses;

const describedBy = (shape: NodeShape, { parent, locals, scope, uses }: Surroundings): NodeAnalysis => ({
  ...shape,
  ...(parent !== undefined && { parent }),
  locals,
  scope,
  uses,
});
