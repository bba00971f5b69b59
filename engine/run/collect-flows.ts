import type { Flow } from "../flow/schema.ts";
import type { Catalog } from "../node/catalog.ts";
import { sitesOf } from "./plan-sites.ts";

/** The steps of a flow that name another one, and which. Names that are worked out as the run goes on can't be told. */
export function flowsUsed(flow: Flow, catalog: Catalog): { node: string; name: string }[] {
  return Object.entries(flow.nodes).flatMap(([node, written]) => {
    if (written.disabled || !catalog.has(written.type)) return [];
    const named = sitesOf(catalog, written).filter(({ kind, value }) => kind === "flow" && value !== "");
    return named.map(({ value }) => ({ node, name: value }));
  });
}

/**
 * Every flow that a flow needs as it runs: those that it names, those that they name, and so on. What `read` doesn't know is left out:
 * the step that wants it fails.
 */
export async function collectFlows(
  flow: Flow,
  catalog: Catalog,
  read: (name: string) => Promise<Flow | undefined>,
): Promise<Record<string, Flow>> {
  const found: Record<string, Flow> = {};
  const asked = new Set<string>();
  const open = [flow];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const { name } of flowsUsed(next, catalog)) {
      if (asked.has(name)) continue;
      asked.add(name);
      const used = await read(name);
      if (!used) continue;
      found[name] = used;
      open.push(used);
    }
  }
  return found;
}
