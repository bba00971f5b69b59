import { BINDINGS, EDGES, type WireKind } from "./edge-text.ts";
import { homeOf } from "./bodies.ts";
import { freeKey } from "./keys.ts";
import { problem, type Problem } from "./problem.ts";
import type { BodyTree, Found, NodeTree, WireLine } from "./read-tree.ts";
import { renameInNode } from "./rename.ts";
import type { Binding, Edge, Flow, FlowNode } from "./schema.ts";

/** A node whose key stands in the document a second time, or that refers to one: what the text calls it, and how its text reads. */
export interface Substitute {
  key: string;
  node: FlowNode;
}

/** The levels of a file as one flat flow. */
export interface Assembled extends Pick<Flow, "nodes" | "parents" | "edges" | "bindings"> {
  /** By the key in memory. Few files have any. */
  substitutes: ReadonlyMap<string, Substitute>;
  found: Found[];
}

interface Entry {
  tree: NodeTree;
  scope: Scope;
  /** In memory. */
  key: string;
  path: (string | number)[];
}

/** A level of the file with what its names mean. */
interface Scope {
  tree: BodyTree;
  container: Entry | undefined;
  path: (string | number)[];
  depth: number;
  /** Its nodes whose keys differ: as written -> in memory. */
  names: Map<string, string>;
}

/**
 * Lays the levels of a file out flat. A key that stands on several levels belongs to the outermost node; the others get free keys, and
 * what their own level says of the key means them.
 */
export function assemble(root: BodyTree): Assembled {
  const entries: Entry[] = [];
  const scopes: Scope[] = [];
  collect({ tree: root, container: undefined, path: [], depth: 0, names: new Map() }, entries, scopes);
  const found = scopes.flatMap(({ tree, path }) => tree.found.map((issue) => moved(issue, path)));
  const substitutes = assignKeys(entries, found);
  const nodes: Record<string, FlowNode> = {};
  const parents: Record<string, string> = {};
  for (const { key, tree, scope, path } of entries) {
    nodes[key] = meant(tree.node, scope);
    if (nodes[key] !== tree.node) substitutes.set(key, { key: tree.key, node: tree.node });
    if (scope.container) parents[key] = scope.container.key;
    for (const issue of tree.found) found.push(moved(named(issue, tree.key, key), path));
  }
  const flow = { nodes, parents };
  const edges = assembleWires(EDGES, scopes, { flow, found, lines: (tree) => tree.edges });
  const bindings = assembleWires(BINDINGS, scopes, { flow, found, lines: (tree) => tree.bindings });
  return { nodes, parents, edges, bindings, substitutes, found };
}

const moved = (issue: Found, path: readonly (string | number)[]): Found =>
  path.length === 0 ? issue : { ...issue, path: [...path, ...issue.path] };

/** A problem of a node under the node's key in memory. */
function named(issue: Found, written: string, key: string): Found {
  if (written === key || issue.problem.node === undefined) return issue;
  return { ...issue, problem: { ...issue.problem, node: key } };
}

function collect(scope: Scope, entries: Entry[], scopes: Scope[]): void {
  scopes.push(scope);
  for (const tree of scope.tree.nodes) {
    const path = [...scope.path, "nodes", tree.key];
    const entry: Entry = { tree, scope, key: tree.key, path };
    entries.push(entry);
    if (!tree.body) continue;
    const inner = { tree: tree.body, container: entry, path: [...path, "body"], names: new Map<string, string>() };
    collect({ ...inner, depth: scope.depth + 1 }, entries, scopes);
  }
}

function assignKeys(entries: readonly Entry[], found: Found[]): Map<string, Substitute> {
  const taken: Record<string, true> = {};
  const later: Entry[] = [];
  const deepest = entries.reduce((depth, { scope }) => Math.max(depth, scope.depth), 0);
  for (let depth = 0; depth <= deepest; depth++) {
    for (const entry of entries) {
      if (entry.scope.depth !== depth) continue;
      if (Object.hasOwn(taken, entry.tree.key)) later.push(entry);
      else taken[entry.tree.key] = true;
    }
  }
  const substitutes = new Map<string, Substitute>();
  for (const entry of later) {
    const { key: written, node } = entry.tree;
    entry.key = freeKey(written, taken);
    taken[entry.key] = true;
    entry.scope.names.set(written, entry.key);
    substitutes.set(entry.key, { key: written, node });
    found.push({ problem: repeatedStep(entry, taken), path: entry.path, at: "key" });
  }
  return substitutes;
}

function repeatedStep({ tree, key, scope }: Entry, taken: Readonly<Record<string, true>>): Problem {
  const better = freeKey(`${scope.container!.key}_${tree.key}`, taken);
  const command = { do: "node.rename" as const, from: key, to: better };
  const fixes = [{ label: "fix.rename", params: { to: better }, command }];
  const params = { key: tree.key, container: scope.container!.key, meanwhile: key };
  return problem("flow.repeated-step", "error", params, { node: key, fixes });
}

/** What a name means at a level: the innermost node of that name. */
function meaning(scope: Scope, name: string): string {
  for (let at: Scope | undefined = scope; at; at = at.container?.scope) {
    const known = at.names.get(name);
    if (known !== undefined) return known;
    if (at.container && at.tree.nodes.some((tree) => tree.key === name)) return name;
  }
  return name;
}

/** A node whose references mean what they mean at its level. */
function meant(node: FlowNode, scope: Scope): FlowNode {
  let current = node;
  for (let at: Scope | undefined = scope; at; at = at.container?.scope) {
    for (const [from, to] of at.names) current = renameInNode(current, { from, to });
  }
  return current;
}

interface Assembly<Wire> {
  flow: Pick<Flow, "nodes" | "parents">;
  found: Found[];
  lines(tree: BodyTree): readonly WireLine<Wire>[];
}

/** The wires of all levels, each once. What joins nothing that the flow has stays in its body's text only. */
function assembleWires<Wire extends Edge | Binding>(
  kind: WireKind<Wire>,
  scopes: readonly Scope[],
  { flow, found, lines }: Assembly<Wire>,
): Wire[] {
  const wires = new Map<string, Wire>();
  const whole = { ...flow, edges: [], bindings: [] } as unknown as Flow;
  for (const scope of scopes) {
    for (const { wire: written, text, path: at } of lines(scope.tree)) {
      const wire = { ...written, from: meaning(scope, written.from), to: meaning(scope, written.to) };
      const path = [...scope.path, ...at];
      const isStray = scope.container && !Object.hasOwn(flow.nodes, wire.from) && !Object.hasOwn(flow.nodes, wire.to);
      if (isStray) {
        const params = { text, container: scope.container!.key };
        found.push({ problem: problem("flow.stray-wire", "error", params), path, at: "value" });
      } else if (wires.has(kind.id(wire))) {
        const issue = problem("flow.repeated-wire", "warning", { text }, { edge: kind.id(wire) });
        found.push({ problem: issue, path, at: "value" });
      } else {
        wires.set(kind.id(wire), scope.names.size === 0 && !scope.container ? written : wire);
        if (scope.container && homeOf(whole, wire) !== scope.container.key && !crosses(whole, wire)) {
          const params = { text, container: scope.container.key };
          found.push({ problem: problem("flow.misplaced-wire", "warning", params), path, at: "value" });
        }
      }
    }
  }
  return [...wires.values()];
}

function crosses(flow: Flow, wire: Edge | Binding): boolean {
  return (
    Object.hasOwn(flow.parents, wire.from) !== Object.hasOwn(flow.parents, wire.to) ||
    flow.parents[wire.from] !== flow.parents[wire.to]
  );
}
