import { parseExpression, parseTemplate, references } from "../expr/index.ts";
import type { FieldSite } from "../flow/node-types.ts";
import type { Flow, FlowNode } from "../flow/schema.ts";
import { isJsonObject } from "../lib/json.ts";
import type { Catalog } from "../node/catalog.ts";

export type Within = NonNullable<FieldSite["within"]>;

/** By field of a container's config: where it is rendered, when not before the container starts. */
export function withinFields(catalog: Catalog, node: FlowNode): Readonly<Record<string, Within>> {
  return (hintsOf(catalog).get(node.type) ?? NONE) as Record<string, Within>;
}

const NONE = {};
const hints = new WeakMap<Catalog, ReadonlyMap<string, Record<string, Within>>>();

function hintsOf(catalog: Catalog): ReadonlyMap<string, Record<string, Within>> {
  const known = hints.get(catalog);
  if (known) return known;
  const found = new Map<string, Record<string, Within>>();
  for (const { type, config } of catalog.describe()) {
    const fields: Record<string, Within> = {};
    for (const [name, schema] of Object.entries(config.properties ?? {})) {
      const hint = isJsonObject(schema["heddle"]) ? schema["heddle"]["within"] : undefined;
      if (hint === "body" || hint === "locals") fields[name] = hint;
    }
    if (Object.keys(fields).length > 0) found.set(type, fields);
  }
  hints.set(catalog, found);
  return found;
}

/** The places of a node's config that hold references or names. */
export function sitesOf(catalog: Catalog, node: FlowNode): FieldSite[] {
  const fields = withinFields(catalog, node);
  const sites = catalog.sites(node.type, node.config ?? {});
  if (fields === NONE) return sites;
  return sites.map((site) => {
    const within = site.within ?? fields[String(site.keys[0])];
    return within ? { ...site, within } : site;
  });
}

/** The names that a node refers to, in its config and in what is bound to it; `within`: only in the fields that are rendered there. */
export function namesIn(flow: Flow, catalog: Catalog, at: { key: string; within?: Within }): string[] {
  const node = flow.nodes[at.key]!;
  const own = sitesOf(catalog, node).filter(({ within }) => at.within === undefined || within === at.within);
  const bound = at.within
    ? []
    : flow.bindings.flatMap(({ from, to }) => {
        const resource = flow.nodes[from];
        return to === at.key && resource ? sitesOf(catalog, resource) : [];
      });
  return [...own, ...bound].flatMap(namesOf);
}

function namesOf({ kind, value }: FieldSite): string[] {
  if (kind === "template") return references(parseTemplate(value)).map(({ root }) => root);
  if (kind === "expression") return references(parseExpression(value)).map(({ root }) => root);
  return [];
}
