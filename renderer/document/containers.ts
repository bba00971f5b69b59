import type { Flow, NodeAnalysis } from "../../engine/flow/index.ts";

type Shapes = Readonly<Record<string, Pick<NodeAnalysis, "body">>>;

/**
 * Which nodes hold a body: as the analysis says; until there is one, as their type does (`shapes`, by type); and whatever the file puts
 * nodes into.
 */
export function containersOf(flow: Flow, analysed: Shapes | undefined, shapes: Shapes): (key: string) => boolean {
  const parents = new Set(Object.values(flow.parents));
  return (key) => parents.has(key) || (analysed?.[key] ?? shapes[flow.nodes[key]?.type ?? ""])?.body !== undefined;
}
