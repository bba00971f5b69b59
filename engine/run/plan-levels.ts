import { UNDO_PORT, type Binding, type Edge, type Flow } from "../flow/schema.ts";
import type { Catalog } from "../node/catalog.ts";
import type { StepNode } from "../node/define.ts";
import type { JsonValue } from "../lib/json.ts";

/** The steps of one body (or of the flow itself), by the graph that each belongs to. */
export interface Level {
  /** What runs as the run goes on. */
  normal: ReadonlySet<string>;
  /** By step: what undoes it. */
  undo: ReadonlyMap<string, ReadonlySet<string>>;
  /** What handles the run's failure. */
  handler: ReadonlySet<string>;
}

/** An edge with its place in the file. */
export type FiledEdge = Edge & { place: number };

/** A flow's steps and edges by the container that they are in; the flow's own under undefined. */
export class Levels {
  readonly flow: Flow;
  private readonly catalog: Catalog;
  private readonly members = new Map<string | undefined, string[]>();
  private readonly leaving = new Map<string, FiledEdge[]>();
  private readonly bound = new Map<string, Binding[]>();

  constructor(flow: Flow, catalog: Catalog) {
    this.flow = flow;
    this.catalog = catalog;
    for (const [key, node] of Object.entries(flow.nodes)) {
      if (catalog.get(node.type).role === "step") push(this.members, flow.parents[key], key);
    }
    for (const [place, edge] of flow.edges.entries()) {
      const { from, port, to } = edge;
      push(this.leaving, from, { from, port, to, place });
    }
    for (const binding of flow.bindings) push(this.bound, binding.to, binding);
  }

  /** Every step inside a container, at any depth. */
  inside(container: string): string[] {
    return this.membersOf(container).flatMap((key) => [key, ...this.inside(key)]);
  }

  edgesFrom(key: string): readonly FiledEdge[] {
    return this.leaving.get(key) ?? [];
  }

  /** What is bound to a step, in the order of the file. */
  bindingsTo(key: string): readonly Binding[] {
    return this.bound.get(key) ?? [];
  }

  /** A step that can be reached both ways is in both graphs. */
  level(container: string | undefined): Level {
    const members = this.membersOf(container);
    const undo = new Map<string, ReadonlySet<string>>();
    const special = new Set<string>();
    for (const key of members) {
      const targets = this.edgesFrom(key).flatMap(({ port, to }) => (port === UNDO_PORT ? [to] : []));
      if (targets.length > 0) undo.set(key, this.behind(targets));
    }
    const handler = this.behind(members.filter((key) => this.definition(key).handlesFailure));
    for (const key of [...handler, ...[...undo.values()].flatMap((group) => [...group])]) special.add(key);
    if (special.size === 0) return { normal: new Set(members), undo, handler };
    const entered = new Set(members.flatMap((key) => this.edgesFrom(key).map(({ to }) => to)));
    const begins = members.filter((key) => !entered.has(key) && !this.definition(key).handlesFailure);
    const reached = this.behind(begins);
    return { normal: new Set(members.filter((key) => reached.has(key) || !special.has(key))), undo, handler };
  }

  private definition(key: string): StepNode<JsonValue> {
    return this.catalog.get(this.flow.nodes[key]!.type) as StepNode<JsonValue>;
  }

  private membersOf(container: string | undefined): readonly string[] {
    return this.members.get(container) ?? [];
  }

  /** The steps and all that follows them as a run goes on. */
  private behind(keys: readonly string[]): Set<string> {
    const found = new Set(keys);
    for (const key of found) {
      for (const { port, to } of this.edgesFrom(key)) if (port !== UNDO_PORT) found.add(to);
    }
    return found;
  }
}

function push<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
