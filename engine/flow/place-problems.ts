import { isScalar, isSeq } from "yaml";
import { BINDINGS, EDGES } from "./edge-text.ts";
import type { Problem } from "./problem.ts";
import { placeInText, placeOf, type TextDocument, type TextPath } from "./text/document.ts";
import { pairOf } from "./text/yaml-json.ts";

/** Adds line and column to problems that know their node, field or edge. */
export function placeProblems(problems: readonly Problem[], document: TextDocument | undefined): Problem[] {
  if (!document?.root) return [...problems];
  const wires = wireIndex(document);
  return problems.map((found) => {
    if (found.line !== undefined) return found;
    if (found.edge !== undefined && wires.has(found.edge))
      return { ...found, ...placeOf(document, wires.get(found.edge)!) };
    const { node } = found.params;
    if (found.code === "flow.dangling-layout")
      return { ...found, ...placeOf(document, ["layout", String(node)], "key") };
    if (found.node === undefined) return { ...found, ...placeOf(document, ["nodes"], "key") };
    if (found.field === undefined) return { ...found, ...placeOf(document, ["nodes", found.node], "key") };
    const path = ["nodes", found.node, "config", ...fieldPath(found.field)];
    return { ...found, ...placeInText(document, path, found.offset ?? 0) };
  });
}

/** `cases[0].when` as `["cases", 0, "when"]`. */
export function fieldPath(field: string): (string | number)[] {
  return field
    .split(/\.|(?=\[\d+\])/)
    .filter((part) => part !== "")
    .map((part) => (/^\[\d+\]$/.test(part) ? Number(part.slice(1, -1)) : part));
}

function wireIndex(document: TextDocument): Map<string, TextPath> {
  const places = new Map<string, TextPath>();
  const add = <Wire>(kind: { list: string; parse(text: string): Wire | undefined; id(wire: Wire): string }): void => {
    const list = pairOf(document.root!, kind.list)?.value;
    if (!isSeq(list)) return;
    for (const [index, item] of list.items.entries()) {
      const wire = isScalar(item) && typeof item.value === "string" ? kind.parse(item.value) : undefined;
      if (wire && !places.has(kind.id(wire))) places.set(kind.id(wire), [kind.list, index]);
    }
  };
  add(EDGES);
  add(BINDINGS);
  return places;
}
