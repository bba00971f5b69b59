import { isMap, isScalar, isSeq, type YAMLMap } from "yaml";
import type { Substitute } from "./assemble.ts";
import { BINDINGS, EDGES } from "./edge-text.ts";
import type { Problem } from "./problem.ts";
import type { Flow } from "./schema.ts";
import { placeInText, placeOf, type TextDocument, type TextPath } from "./text/document.ts";
import { pairOf } from "./text/yaml-json.ts";

/** Where a node stands in the text of its file. */
export function nodePath(
  key: string,
  parents: Flow["parents"],
  substitutes?: ReadonlyMap<string, Substitute>,
): (string | number)[] {
  const written = substitutes?.get(key)?.key ?? key;
  if (!Object.hasOwn(parents, key)) return ["nodes", written];
  return [...nodePath(parents[key]!, parents, substitutes), "body", "nodes", written];
}

/** A flow's text, and how its nodes stand in it. */
export interface PlacedText {
  document: TextDocument | undefined;
  flow: Pick<Flow, "parents">;
  substitutes?: ReadonlyMap<string, Substitute>;
}

/** Adds line and column to problems that know their node, field or edge. */
export function placeProblems(problems: readonly Problem[], text: PlacedText): Problem[] {
  const { document } = text;
  if (!document?.root || problems.length === 0) return [...problems];
  const wires = wireIndex(document.root);
  return problems.map((found) => {
    if (found.line !== undefined) return found;
    if (found.edge !== undefined && wires.has(found.edge))
      return { ...found, ...placeOf(document, wires.get(found.edge)!) };
    const { node } = found.params;
    if (found.code === "flow.dangling-layout")
      return { ...found, ...placeOf(document, ["layout", String(node)], "key") };
    if (found.node === undefined) return { ...found, ...placeOf(document, ["nodes"], "key") };
    const own = nodePath(found.node, text.flow.parents, text.substitutes);
    if (found.field === undefined) return { ...found, ...placeOf(document, own, "key") };
    return { ...found, ...placeInText(document, [...own, "config", ...fieldPath(found.field)], found.offset ?? 0) };
  });
}

/** `cases[0].when` as `["cases", 0, "when"]`. */
export function fieldPath(field: string): (string | number)[] {
  return field
    .split(/\.|(?=\[\d+\])/)
    .filter((part) => part !== "")
    .map((part) => (/^\[\d+\]$/.test(part) ? Number(part.slice(1, -1)) : part));
}

/** Where each wire stands first, on whatever level. */
function wireIndex(root: YAMLMap): Map<string, TextPath> {
  const places = new Map<string, TextPath>();
  addWires(root, [], places);
  return places;
}

function addWires(level: YAMLMap, path: TextPath, places: Map<string, TextPath>): void {
  const add = <Wire>(kind: { list: string; parse(text: string): Wire | undefined; id(wire: Wire): string }): void => {
    const list = pairOf(level, kind.list)?.value;
    if (!isSeq(list)) return;
    for (const [index, item] of list.items.entries()) {
      const wire = isScalar(item) && typeof item.value === "string" ? kind.parse(item.value) : undefined;
      if (wire && !places.has(kind.id(wire))) places.set(kind.id(wire), [...path, kind.list, index]);
    }
  };
  add(EDGES);
  add(BINDINGS);
  const nodes = pairOf(level, "nodes")?.value;
  if (!isMap(nodes)) return;
  for (const pair of nodes.items) {
    const body = isMap(pair.value) ? pairOf(pair.value, "body")?.value : undefined;
    if (isMap(body))
      addWires(body, [...path, "nodes", String((pair.key as { value?: unknown }).value), "body"], places);
  }
}
