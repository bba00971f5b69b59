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
  private described: ReadonlyMap<string, Described> = new Map();

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
    const described = new Map<string, Described>();
    const nodes: Record<string, NodeAnalysis> = {};
    for (const [index, key] of graph.keys.entries()) {
      const parent = graph.parents[index] === -1 ? undefined : graph.keys[graph.parents[index]!]!;
      const scope = this.scopes.whole[index]!;
      const parts = { shape: shapes.get(key)!, parent, locals: locals.of(index), scope, uses: uses[index]! };
      const before = this.described.get(key);
      const now = before && isSame(before.parts, parts) ? before : { parts, node: describedBy(parts) };
      described.set(key, now);
      nodes[key] = now.node;
    }
    this.described = described;
    return nodes;
  }
}

/** Behind a syntax error half of the flow is missing: what follows from that isn't worth telling. */
const isBroken = (source: Partial<FlowSource>): boolean => (source.document?.problems.length ?? 0) > 0;

interface Parts extends Pick<NodeAnalysis, "locals" | "scope" | "uses"> {
  shape: NodeShape;
  parent: string | undefined;
}

/** A node's description and what it was made of: the same object as before where nothing of that changed. */
interface Described {
  parts: Parts;
  node: NodeAnalysis;
}

const isSame = (a: Parts, b: Parts): boolean =>
  a.shape === b.shape && a.parent === b.parent && a.locals === b.locals && a.scope === b.scope && a.uses === b.uses;

const describedBy = ({ shape, parent, locals, scope, uses }: Parts): NodeAnalysis => ({
  ...shape,
  ...(parent !== undefined && { parent }),
  locals,
  scope,
  uses,
});
