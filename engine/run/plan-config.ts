import { compileExpression, compileTemplate, type ExprScope } from "../expr/index.ts";
import type { FieldSite } from "../flow/node-types.ts";
import type { Flow, FlowNode } from "../flow/schema.ts";
import type { JsonObject, JsonValue } from "../lib/json.ts";
import type { Catalog } from "../node/catalog.ts";
import type { BoundResource } from "../node/define.ts";

/** A node's config with every template rendered and every expression evaluated. @throws HeddleError `expr.*` */
export type RenderConfig = (scope: ExprScope) => JsonValue;
export type RenderBindings = (scope: ExprScope) => Readonly<Record<string, readonly BoundResource[]>>;

interface CompiledSite {
  keys: FieldSite["keys"];
  evaluate: (scope: ExprScope) => JsonValue;
}

/** Parses a node's config (defaults filled in) and compiles its templates. The config must have passed the flow's checks. */
export function compileConfig(catalog: Catalog, node: FlowNode): RenderConfig {
  const written: JsonValue = node.config ?? {};
  const config = catalog.get(node.type).config.parse(written);
  const sites = catalog.sites(node.type, written).flatMap(compileSite);
  if (sites.length === 0) return () => config;
  return (scope) => {
    let rendered = config;
    for (const { keys, evaluate } of sites) rendered = withValue(rendered, { keys, depth: 0 }, evaluate(scope));
    return rendered;
  };
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

/** Models and servers stay names, and secrets are put in by the node itself, where nothing records them. */
function compileSite(site: FieldSite): CompiledSite[] {
  const { keys, kind, value } = site;
  if (kind === "template") return [{ keys, evaluate: compileTemplate(value, { typed: site.typed === true }) }];
  if (kind === "expression") return [{ keys, evaluate: compileExpression(value) }];
  return [];
}

/** A copy of `value` with one place replaced; what isn't on the way there is shared. */
function withValue(value: JsonValue, place: { keys: FieldSite["keys"]; depth: number }, leaf: JsonValue): JsonValue {
  const key = place.keys[place.depth];
  if (key === undefined) return leaf;
  const inner = { keys: place.keys, depth: place.depth + 1 };
  if (Array.isArray(value)) {
    const copy = value.slice();
    copy[Number(key)] = withValue(value[Number(key)] ?? null, inner, leaf);
    return copy;
  }
  const object = value as JsonObject;
  return { ...object, [key]: withValue(object[key] ?? null, inner, leaf) };
}
