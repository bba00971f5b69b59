import { compileExpression, compileTemplate, type ExprScope } from "../expr/index.ts";
import type { FieldSite } from "../flow/node-types.ts";
import type { Flow, FlowNode } from "../flow/schema.ts";
import type { JsonObject, JsonValue } from "../lib/json.ts";
import type { Catalog } from "../node/catalog.ts";
import type { BoundResource } from "../node/define.ts";
import { sitesOf, withinFields, type Within } from "./plan-sites.ts";

/** A node's config with every template rendered and every expression evaluated. @throws HeddleError `expr.*` */
export type RenderConfig = (scope: ExprScope) => JsonValue;
/** Some fields of a container's config. @throws HeddleError `expr.*` */
export type RenderFields = (scope: ExprScope) => JsonObject;
export type RenderBindings = (scope: ExprScope) => Readonly<Record<string, readonly BoundResource[]>>;

interface CompiledSite {
  keys: FieldSite["keys"];
  evaluate: (scope: ExprScope) => JsonValue;
}

/** Parses a node's config (defaults filled in) and compiles its templates. The config must have passed the flow's checks. */
export function compileConfig(catalog: Catalog, node: FlowNode): RenderConfig {
  const config = catalog.get(node.type).config.parse(node.config ?? {});
  const sites = sitesOf(catalog, node).flatMap((site) => (site.within ? [] : compileSite(site)));
  return renderer(config, sites);
}

/** The fields of a container's config that are rendered in its body or on demand. */
export function compileFields(catalog: Catalog, node: FlowNode, within: Within): RenderFields {
  const config = catalog.get(node.type).config.parse(node.config ?? {}) as JsonObject;
  const names = Object.entries(withinFields(catalog, node)).flatMap(([name, where]) =>
    where === within && config[name] !== undefined ? [name] : [],
  );
  const fields = Object.fromEntries(names.map((name) => [name, config[name]!]));
  const sites = sitesOf(catalog, node).flatMap((site) => (site.within === within ? compileSite(site) : []));
  return renderer(fields, sites) as RenderFields;
}

function renderer(config: JsonValue, sites: readonly CompiledSite[]): RenderConfig {
  if (sites.length === 0) return () => config;
  const slots = slotsOf(sites, 0);
  return (scope) => filled(config, slots, scope);
}

/** The places of a value that are filled in: those right in it, and those further down. */
type Slots = readonly { key: string | number; evaluate?: CompiledSite["evaluate"]; inner?: Slots }[];

function slotsOf(sites: readonly CompiledSite[], depth: number): Slots {
  const keys = [...new Set(sites.map((site) => site.keys[depth]!))];
  return keys.map((key) => {
    const here = sites.filter((site) => site.keys[depth] === key);
    const own = here.find((site) => site.keys.length === depth + 1);
    return own ? { key, evaluate: own.evaluate } : { key, inner: slotsOf(here, depth + 1) };
  });
}

/** A copy with its places filled in; what holds none is shared. */
function filled(value: JsonValue, slots: Slots, scope: ExprScope): JsonValue {
  if (Array.isArray(value)) {
    const copy = value.slice();
    for (const { key, evaluate, inner } of slots) {
      copy[Number(key)] = evaluate ? evaluate(scope) : filled(copy[Number(key)] ?? null, inner!, scope);
    }
    return copy;
  }
  const copy = { ...(value as JsonObject) };
  for (const { key, evaluate, inner } of slots) {
    copy[key] = evaluate ? evaluate(scope) : filled(copy[key] ?? null, inner!, scope);
  }
  return copy;
}

const NOTHING_BOUND: Readonly<Record<string, readonly BoundResource[]>> = {};

/** What is bound to a step's slots, in the order of the file. Disabled resources are left out. */
export function compileBindings(flow: Flow, catalog: Catalog, key: string): RenderBindings {
  const resources = flow.bindings.flatMap((binding) => {
    const node = flow.nodes[binding.from];
    if (binding.to !== key || !node || node.disabled) return [];
    return [{ slot: binding.slot, key: binding.from, type: node.type, render: compileConfig(catalog, node) }];
  });
  if (resources.length === 0) return () => NOTHING_BOUND;
  return (scope) => {
    const bound: Record<string, BoundResource[]> = {};
    for (const { slot, key: from, type, render } of resources) {
      (bound[slot] ??= []).push({ key: from, type, config: render(scope) });
    }
    return bound;
  };
}

/** Models, servers and flows stay names, and secrets are put in by the node itself, where nothing records them. */
function compileSite(site: FieldSite): CompiledSite[] {
  const { keys, kind, value } = site;
  if (kind === "template") return [{ keys, evaluate: compileTemplate(value, { typed: site.typed === true }) }];
  if (kind === "expression") return [{ keys, evaluate: compileExpression(value) }];
  return [];
}
