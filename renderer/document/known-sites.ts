import { fieldSites, type KnownSites } from "../../engine/flow/index.ts";
import type { NodeType } from "../../engine/rpc/contract.ts";

/** Where configs hold references, as the node types' schemas tell: what a renaming rewrites. Undefined until the types are known. */
export function knownSites(types: readonly NodeType[] | undefined): KnownSites | undefined {
  if (!types || types.length === 0) return undefined;
  const schemas = new Map(types.map(({ type, config }) => [type, config]));
  return { has: (type) => schemas.has(type), sites: (type, config) => fieldSites(schemas.get(type)!, config) };
}
