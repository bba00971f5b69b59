import { parseExpression, parseTemplate, references, type Reference } from "../expr/index.ts";
import { suggest } from "../lib/suggest.ts";
import type { BitSet } from "./bit-set.ts";
import type { FlowGraph } from "./graph.ts";
import type { FieldSite, NodeShape, NodeTypes } from "./node-types.ts";
import { problem, type Problem, type QuickFix } from "./problem.ts";
import type { Flow, FlowNode } from "./schema.ts";

/** All that reference checks know of the flow. */
export interface ReferenceWorld {
  flow: Flow;
  graph: FlowGraph;
  shapes: ReadonlyMap<string, NodeShape>;
  types: NodeTypes;
  ancestors: readonly BitSet[];
  certain: readonly BitSet[];
}

export interface ReferenceCheck {
  problems: Problem[];
  /** Keys of the steps that the node refers to, once each. */
  uses: string[];
}

/** Checks every template and expression of a node. */
export function checkReferences(world: ReferenceWorld, key: string): ReferenceCheck {
  const node = world.flow.nodes[key]!;
  const uses = new Set<string>();
  const problems: Problem[] = [];
  for (const site of sitesOf(world, node)) {
    const parsed = site.kind === "expression" ? parseExpression(site.value) : parseTemplate(site.value);
    const place = { node: key, field: site.path };
    for (const found of parsed.problems) problems.push(problem(found.code, found.severity, found.params, place));
    for (const reference of references(parsed)) {
      if (Object.hasOwn(world.flow.nodes, reference.root)) uses.add(reference.root);
      const found = checkReference(world, { key, site, reference });
      if (found) problems.push({ ...found, ...place });
    }
  }
  return { problems, uses: [...uses] };
}

function sitesOf(world: ReferenceWorld, node: FlowNode): FieldSite[] {
  if (!world.types.has(node.type)) return [];
  return world.types
    .sites(node.type, node.config ?? {})
    .filter((site) => site.kind !== "model" && site.kind !== "server");
}

interface Use {
  key: string;
  site: FieldSite;
  reference: Reference;
}

function checkReference(world: ReferenceWorld, use: Use): Problem | undefined {
  const { key, site, reference } = use;
  const { root } = reference;
  const text = site.value.slice(reference.start, reference.end);
  if (root === "secrets")
    return site.kind === "secret" ? undefined : problem("flow.secret-here", "error", { reference: text });
  if (site.kind === "secret") return problem("flow.only-secrets-here", "error", { reference: text });
  const index = world.graph.indexOf.get(root);
  if (index === undefined) return unknownRoot(world, use);
  const self = world.graph.indexOf.get(key)!;
  if (index === self) return problem("flow.ref-self", "error", { reference: text });
  if (world.shapes.get(root)?.role !== "step") return problem("flow.ref-no-output", "error", { reference: text, root });
  if (!world.ancestors[self]!.has(index))
    return problem("flow.ref-not-before", "error", { reference: text, root, node: key });
  return undefined;
}

function unknownRoot(world: ReferenceWorld, { key, site, reference }: Use): Problem {
  const { root, start, rootEnd, end } = reference;
  const text = site.value.slice(start, end);
  const self = world.graph.indexOf.get(key)!;
  const before = world.graph.keys.filter((_, index) => world.ancestors[self]!.has(index));
  const near = suggest(root, before) ?? suggest(root, world.graph.keys);
  if (near === undefined) return problem("flow.ref-unknown", "error", { reference: text, root });
  const fix = replacement(key, site, { start, end: rootEnd, text: near });
  return problem("flow.ref-unknown-near", "error", { reference: text, root, near }, { fixes: [fix] });
}

/** A fix that writes other text in a part of a field. */
export function replacement(
  key: string,
  site: FieldSite,
  change: { start: number; end: number; text: string },
): QuickFix {
  const value = site.value.slice(0, change.start) + change.text + site.value.slice(change.end);
  return {
    label: "fix.replace",
    params: { to: change.text },
    command: { do: "node.configure", key, path: ["config", ...site.keys], value },
  };
}
