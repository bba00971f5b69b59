import type { FieldSite } from "../flow/node-types.ts";
import type { FlowNode } from "../flow/schema.ts";
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
  return catalog.sites(node.type, node.config ?? {});
}
