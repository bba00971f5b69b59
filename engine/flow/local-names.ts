import type { NodeAnalysis } from "./analysis.ts";
import type { World } from "./scope.ts";
import { VARIABLES } from "./variables.ts";

type Locals = NodeAnalysis["locals"];

const NONE: Locals = {};

/** What containers give to the steps in them, by the record of names that the innermost one has. Kept while that is the same. */
const withOuter = new WeakMap<Locals, { outer: Locals; all: Locals }>();

/** The names beside steps that nodes may refer to. Nodes with the same names share them. */
export class LocalNames {
  private readonly world: World;
  private readonly byParent = new Map<number, Locals>();

  constructor(world: World) {
    this.world = world;
  }

  of(node: number): Locals {
    const { graph, variables, reach } = this.world;
    const around = this.around(graph.parents[node]!);
    if (variables.writers.size === 0) return around;
    return { ...around, [VARIABLES]: variables.schema(reach.certain[node]!) };
  }

  private around(parent: number): Locals {
    if (parent === -1) return NONE;
    const known = this.byParent.get(parent);
    if (known) return known;
    const { graph, shapes } = this.world;
    const own = shapes.get(graph.keys[parent]!)?.body?.locals ?? NONE;
    const locals = joined(this.around(graph.parents[parent]!), own);
    this.byParent.set(parent, locals);
    return locals;
  }
}

function joined(outer: Locals, own: Locals): Locals {
  const known = withOuter.get(own);
  if (known?.outer === outer) return known.all;
  const all = { ...outer, ...own };
  withOuter.set(own, { outer, all });
  return all;
}
