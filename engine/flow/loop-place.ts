import { parentOf } from "./bodies.ts";
import type { Flow, Position } from "./schema.ts";

/** Space that a card takes, and that a frame takes around its cards: about as much as the canvas gives them. */
const CARD = { width: 260, height: 140 };
const FRAME = { width: 60, height: 130 };
const GAP = 60;

interface Place {
  at: Position;
  /** Of the steps, from the corner of the body. */
  inside: Record<string, Position>;
}

/** Where a container stands that steps are put into: where they stood, or below all others where its frame would lie over one. Nothing for steps without positions. */
export function placeLoop(flow: Flow, members: readonly string[], parent: string | undefined): Place | undefined {
  const placed = members.filter((key) => Object.hasOwn(flow.layout, key));
  if (placed.length === 0) return undefined;
  const places = placed.map((key) => flow.layout[key]!);
  const left = Math.min(...places.map(([x]) => x));
  const top = Math.min(...places.map(([, y]) => y));
  const right = Math.max(...places.map(([x]) => x)) + CARD.width + FRAME.width;
  const bottom = Math.max(...places.map(([, y]) => y)) + CARD.height + FRAME.height;
  const others = Object.keys(flow.layout).filter(
    (key) => Object.hasOwn(flow.nodes, key) && parentOf(flow, key) === parent && !members.includes(key),
  );
  const corners = others.map((key) => flow.layout[key]!);
  const covers = ([x, y]: Position): boolean =>
    x < right && x + CARD.width > left && y < bottom && y + CARD.height > top;
  const y = corners.some(covers) ? Math.max(...corners.map(([, down]) => down)) + CARD.height + GAP : top;
  const inside = placed.map((key, index) => [key, [places[index]![0] - left, places[index]![1] - top]] as const);
  return { at: [left, y], inside: Object.fromEntries(inside) as Place["inside"] };
}
