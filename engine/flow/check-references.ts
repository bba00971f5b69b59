import { checkExpression, checkTemplate, emptyLiteral, type ExprProblem, type Reference } from "../expr/index.ts";
import type { JsonSchema } from "../lib/json.ts";
import { suggest } from "../lib/suggest.ts";
import type { FieldSite } from "./node-types.ts";
import type { NodeInfo, ReadSite } from "./node-info.ts";
import { problem, type Problem, type QuickFix } from "./problem.ts";
import type { Meaning, NamesOfNode, World } from "./scope.ts";
import { checkVariable } from "./check-variables.ts";
import { schemaAt } from "./output-path.ts";

export interface ReferenceCheck {
  problems: Problem[];
  /** Keys of the steps that the node refers to, once each. */
  uses: string[];
}

/** A reference and where it stands. */
export interface Use {
  key: string;
  node: number;
  site: FieldSite;
  reference: Reference;
  text: string;
}

/** Checks every template and expression of a node. */
export function checkReferences(names: NamesOfNode, key: string, info: NodeInfo): ReferenceCheck {
  const { flow } = names.world;
  const uses: string[] = [];
  const problems: Problem[] = [];
  for (const read of info.read) {
    const { site } = read;
    // An expression that nothing is written into yet is a setting that is missing, if it must be there.
    if (site.kind === "expression" && site.value.trim() === "") continue;
    for (const reference of read.references) {
      const { root, start, end } = reference;
      if (!uses.includes(root) && Object.hasOwn(flow.nodes, root)) uses.push(root);
      if (isFine(names, site, root)) continue;
      const text = site.value.slice(start, end);
      const found = checkReference(names, { key, node: names.node, site, reference, text });
      if (found) problems.push({ ...found, node: key, field: site.path, offset: start });
    }
    for (const found of typeProblems(names, read)) problems.push(typeProblem(found, key, site));
  }
  return { problems, uses };
}

/** Whether there is nothing to say of a name: most are so. */
function isFine(names: NamesOfNode, site: FieldSite, root: string): boolean {
  if (site.kind === "secret" || root === "secrets") return false;
  const { status } = names.meaning(site.within, root);
  return status === "there" || status === "local";
}

function typeProblems(names: NamesOfNode, { site, parsed }: ReadSite): ExprProblem[] {
  const scope = names.typeScope(site.within);
  if ("parts" in parsed) return checkTemplate(parsed, scope).problems;
  return checkExpression(parsed, scope, site.expects && { expects: site.expects }).problems;
}

function typeProblem(found: ExprProblem, key: string, site: FieldSite): Problem {
  const fixes = found.fix ? [textFix(key, site, found.fix)] : [];
  return problem(found.code, found.severity, found.params, { node: key, field: site.path, offset: found.start, fixes });
}

function checkReference(names: NamesOfNode, use: Use): Problem | undefined {
  const { world } = names;
  const { key, site, reference, text } = use;
  const { root } = reference;
  if (root === "secrets")
    return site.kind === "secret" ? undefined : problem("flow.secret-here", "error", { reference: text });
  if (site.kind === "secret") return problem("flow.only-secrets-here", "error", { reference: text });
  const meaning = names.meaning(site.within, root);
  switch (meaning.status) {
    case "there":
    case "local":
      return undefined;
    case "variables":
      return checkVariable(world, use);
    case "maybe":
      return reference.guarded || reference.fallback || site.mayBeEmpty || waitsForCircle(world, use.node)
        ? undefined
        : maybeSkipped(world, use, meaning);
    case "self":
      return problem("flow.ref-self", "error", { reference: text });
    case "around":
      return problem("flow.ref-around", "error", { reference: text, root });
    case "inside":
      return insideBody(world, use, meaning.container!);
    case "foreign-local":
      return problem("flow.ref-local-outside", "error", { reference: text, root, container: meaning.container! });
    case "no-output":
      return problem("flow.ref-no-output", "error", { reference: text, root });
    case "not-before":
      return problem("flow.ref-not-before", "error", { reference: text, root, node: key });
    case "unknown":
      return unknownRoot(world, use);
  }
}

/** What a body's steps give is there only in the body: others see what the container gives. */
function insideBody(world: World, { text, site }: Use, container: string): Problem {
  const title = world.flow.nodes[container]!.title ?? container;
  const { properties } = world.shapes.get(container)!.output;
  const [first] = Object.entries(properties ?? {}).toSorted(([, a], [, b]) => listFirst(a) - listFirst(b));
  const instead = first ? `${container}.${first[0]}` : container;
  const written = site.kind === "expression" ? instead : `{{ ${instead} }}`;
  const params = { reference: text, title, instead: written };
  const empty = world.shapes.get(container)!.body?.keepsNothing;
  if (!empty) return problem("flow.ref-inside", "error", params);
  return problem("flow.ref-inside-lost", "error", { ...params, setting: empty.en, settingZh: empty.zh });
}

const listFirst = (schema: JsonSchema): number => (schema.type === "array" ? 0 : 1);

function unknownRoot(world: World, { key, node, site, reference, text }: Use): Problem {
  const { root, start, rootEnd } = reference;
  const before = world.graph.keys.filter((_, index) => world.reach.visible[node]!.has(index));
  const near = suggest(root, [...before, ...localNames(world, node)]) ?? suggest(root, world.graph.keys);
  if (near === undefined) return problem("flow.ref-unknown", "error", { reference: text, root });
  const fix = textFix(key, site, { label: "fix.replace", params: { to: near }, start, end: rootEnd, text: near });
  return problem("flow.ref-unknown-near", "error", { reference: text, root, near }, { fixes: [fix] });
}

/** The names that the containers around a node give to the steps in them. */
export function localNames({ graph, shapes }: World, node: number): string[] {
  const names = new Set<string>();
  for (let at = graph.parents[node]!; at !== -1; at = graph.parents[at]!)
    for (const name of Object.keys(shapes.get(graph.keys[at]!)?.body?.locals ?? {})) names.add(name);
  return [...names];
}

/** In a circle and behind one nothing ever runs: what would be there can't be told, and the circle is told by itself. */
function waitsForCircle({ graph }: World, node: number): boolean {
  if (graph.sorted === graph.order.length) return false;
  const waiting = graph.order.slice(graph.sorted);
  for (let at = node; at !== -1; at = graph.parents[at]!) if (waiting.includes(at)) return true;
  return false;
}

/** What a step gave may not be there on every way. The error of a step that failed is there when its error port was taken. */
function maybeSkipped(world: World, { key, site, reference, text }: Use, { schema }: Meaning): Problem | undefined {
  const { root, start, end, path } = reference;
  if (path[0] === "error") return undefined;
  const whole = `default(${text}, ${emptyLiteral(schemaAt(schema, path))})`;
  const fix = textFix(key, site, { label: "fix.default", params: { to: whole }, start, end, text: whole });
  return problem("flow.ref-maybe-skipped", "warning", { reference: text, root, node: key }, { fixes: [fix] });
}

/** A fix that writes other text in a part of a field. */
export function textFix(key: string, site: FieldSite, change: NonNullable<ExprProblem["fix"]>): QuickFix {
  const value = site.value.slice(0, change.start) + change.text + site.value.slice(change.end);
  const command = { do: "node.configure" as const, key, path: ["config", ...site.keys], value };
  return { label: change.label, params: { ...change.params }, command };
}
