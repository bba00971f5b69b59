import { parseExpression, parseTemplate, references, type Reference } from "../expr/index.ts";
import { UNDO_PORT, type Flow, type FlowNode } from "../flow/schema.ts";
import { canonicalJson } from "../lib/canonical-json.ts";
import type { JsonObject, JsonValue } from "../lib/json.ts";
import type { Catalog } from "../node/catalog.ts";
import { flowsUsed } from "./collect-flows.ts";
import { sitesOf, type Within } from "./plan-sites.ts";

export interface StaleSpec {
  before: Flow;
  after: Flow;
  catalog: Catalog;
  /** A node that shall run anew, changed or not. */
  from?: string;
  /** Flows that changed: steps that run them do too. */
  changedFlows?: readonly string[];
}

/**
 * Which nodes of a changed flow may give something else than before: those that changed, what follows them, what reads variables that they
 * set, and the containers around them. `started`: a container whose rounds begin otherwise; only its result may differ where it is `stale`
 * alone.
 */
export class StaleNodes {
  readonly stale = new Set<string>();
  readonly started = new Set<string>();
  private readonly spec: StaleSpec;
  private readonly inside = new Map<string, string[]>();

  constructor(spec: StaleSpec) {
    this.spec = spec;
    const { after, from, changedFlows = [] } = spec;
    const used = new Set(
      flowsUsed(after, spec.catalog).flatMap(({ node, name }) => (changedFlows.includes(name) ? [node] : [])),
    );
    for (const [key, parent] of Object.entries(after.parents)) {
      const list = this.inside.get(parent);
      if (list) list.push(key);
      else this.inside.set(parent, [key]);
    }
    for (const key of Object.keys(after.nodes)) {
      if (key === from || used.has(key) || !this.isSame(key)) this.restart(key);
      else if (this.meaning(spec.before, key, "result") !== this.meaning(after, key, "result")) this.remake(key);
    }
  }

  /** Every node in a container, at any depth. */
  within(container: string): string[] {
    return (this.inside.get(container) ?? []).flatMap((key) => [key, ...this.within(key)]);
  }

  /** Whether what a container keeps of a round may differ. */
  keepsOther(container: string): boolean {
    const { before, after } = this.spec;
    if (this.meaning(before, container, "result") !== this.meaning(after, container, "result")) return true;
    return this.referencesOf(container, "body").some(({ root }) => this.stale.has(root));
  }

  /** The node begins otherwise than before, and so does all that follows it. */
  private restart(key: string): void {
    if (this.started.has(key)) return;
    this.started.add(key);
    for (const inner of this.inside.get(key) ?? []) this.restart(inner);
    this.remake(key);
  }

  /** The node's output may differ. */
  private remake(key: string): void {
    if (this.stale.has(key)) return;
    this.stale.add(key);
    const { after } = this.spec;
    for (const edge of after.edges) if (edge.from === key && edge.port !== UNDO_PORT) this.restart(edge.to);
    for (const reader of this.readersOf(key)) this.restart(reader);
    const parent = after.parents[key];
    if (parent !== undefined) this.remake(parent);
  }

  /** Who reads a variable that the node sets. */
  private readersOf(key: string): string[] {
    const { after, catalog } = this.spec;
    const node = after.nodes[key]!;
    const shape = catalog.has(node.type) ? catalog.shape(node.type, node.config ?? {}) : undefined;
    if (!shape?.assigns) return [];
    const names = Object.keys(shape.output.properties ?? {});
    const reads = ({ root, path }: Reference) =>
      root === "vars" && (path[0] === undefined || names.length === 0 || names.includes(String(path[0])));
    return Object.keys(after.nodes).filter((other) => other !== key && this.referencesOf(other).some(reads));
  }

  private referencesOf(key: string, within?: Within): Reference[] {
    const node = this.spec.after.nodes[key]!;
    if (!this.spec.catalog.has(node.type)) return [];
    return sitesOf(this.spec.catalog, node)
      .filter((site) => within === undefined || site.within === within)
      .flatMap(({ kind, value }) => {
        if (kind === "template") return references(parseTemplate(value));
        return kind === "expression" ? references(parseExpression(value)) : [];
      });
  }

  private isSame(key: string): boolean {
    const { before, after } = this.spec;
    return before.nodes[key] !== undefined && this.meaning(before, key, "start") === this.meaning(after, key, "start");
  }

  /** All that decides when and with what a node starts; or what a container keeps of its rounds. */
  private meaning(flow: Flow, key: string, part: "start" | "result"): string {
    const node = flow.nodes[key];
    if (!node) return "";
    const fields = this.configOf(node, part);
    if (part === "result") return canonicalJson(fields);
    const { title: _, note: __, ...rest } = node;
    return canonicalJson({
      node: { ...rest, config: fields },
      parent: flow.parents[key] ?? null,
      entered: flow.edges.flatMap(({ from, port, to }) => (to === key ? [`${from}.${port}`] : [])).toSorted(),
      bound: flow.bindings.flatMap(({ from, to, slot }) =>
        to === key ? [{ slot, from, node: flow.nodes[from] ?? null }] : [],
      ),
    } as JsonObject);
  }

  private configOf({ type, config = {} }: FlowNode, part: "start" | "result"): JsonObject {
    const { catalog } = this.spec;
    if (!catalog.has(type)) return part === "start" ? config : {};
    const ofResult = new Set(
      sitesOf(catalog, { type, config }).flatMap((site) => (site.within === "body" ? [String(site.keys[0])] : [])),
    );
    const chosen = Object.entries(config).filter(([name]) => ofResult.has(name) === (part === "result"));
    return Object.fromEntries(chosen) as Record<string, JsonValue>;
  }
}
