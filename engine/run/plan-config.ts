import { compileExpression, compileTemplate, type ExprScope } from "../expr/index.ts";
import type { NodeInfo, ReadSite } from "../flow/index.ts";
import type { FieldSite } from "../flow/node-types.ts";
import type { FlowNode } from "../flow/schema.ts";
import type { JsonObject, JsonValue } from "../lib/json.ts";
import type { Catalog } from "../node/catalog.ts";
import type { BoundResource } from "../node/define.ts";
import type { Levels } from "./plan-levels.ts";
import { withinFields, type Within } from "./plan-sites.ts";

/** A node's config with every template rendered and every expression evaluated. @throws HeddleError `expr.*` */
export type RenderConfig = (scope: ExprScope) => JsonValue;
/** Some fields of a container's config. @throws HeddleError `expr.*` */
export type RenderFields = (scope: ExprScope) => JsonObject;
export type RenderBindings = (scope: ExprScope) => Readonly<Record<string, readonly BoundResource[]>>;

interface CompiledSite {
  keys: FieldSite["keys"];
  evaluate: (scope: ExprScope) => JsonValue;
}

/** What configs are compiled with. */
export interface ConfigCompiling {
  catalog: Catalog;
  /** What the flow's check found out about its nodes. */
  info(key: string): NodeInfo;
}

/** A node's config (defaults filled in) with its templates compiled. The config must have passed the flow's checks. */
export function compileConfig({ catalog, info }: ConfigCompiling, key: string, node: FlowNode): RenderConfig {
  const config = catalog.parse(node.type, node.config ?? {});
  return renderer(config, compileSites(info(key), undefined));
}

/** The fields of a container's config that are rendered in its body or on demand. */
export function compileFields(
  { catalog, info }: ConfigCompiling,
  { key, node }: { key: string; node: FlowNode },
  within: Within,
): RenderFields {
  const config = catalog.parse(node.type, node.config ?? {}) as JsonObject;
  const names = Object.entries(withinFields(catalog, node)).flatMap(([name, where]) =>
    where === within && config[name] !== undefined ? [name] : [],
  );
  const fields = Object.fromEntries(names.map((name) => [name, config[name]!]));
  return renderer(fields, compileSites(info(key), within)) as RenderFields;
}

function renderer(config: JsonValue, sites: readonly CompiledSite[]): RenderConfig {
  if (sites.length === 0) return () => config;
  const slots = slotsOf(sites, 0);
  return (scope) => filled(config, slots, scope);
}

/** The places of a value that are filled in: those right in it, and those further down. */
type Slots = readonly { key: string | number; evaluate?: CompiledSite["evaluate"]; inner?: Slots }[];

function slotsOf(sites: readonly CompiledSite[], depth: number): Slots {
  const [first] = sites;
  if (sites.length === 1 && first!.keys.length === depth + 1)
    return [{ key: first!.keys[depth]!, evaluate: first!.evaluate }];
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
export function compileBindings(so: ConfigCompiling, levels: Levels, key: string): RenderBindings {
  const resources = levels.bindingsTo(key).flatMap(({ from, slot }) => {
    const node = levels.flow.nodes[from]!;
    return node.disabled ? [] : [{ slot, key: from, type: node.type, render: compileConfig(so, from, node) }];
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
function compileSites({ read }: NodeInfo, within: Within | undefined): CompiledSite[] {
  const sites: CompiledSite[] = [];
  for (const one of read) {
    const { keys, kind } = one.site;
    if (one.site.within === within && kind !== "secret") sites.push({ keys, evaluate: compileSite(one) });
  }
  return sites;
}

const compileSite = ({ site, parsed }: ReadSite): CompiledSite["evaluate"] =>
  "parts" in parsed ? compileTemplate(parsed, { typed: site.typed === true }) : compileExpression(parsed);
