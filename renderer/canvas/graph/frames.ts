import type { Flow, Position } from "../../../engine/flow/index.ts";
import { CARD_HEIGHT, CARD_WIDTH, holds, positions, type Box } from "./place.ts";

/** A container's title, key, summary and run: above its body, of one height so that the body's origin never moves. */
export const FRAME_HEAD = 64;
/** Room between a frame's edges and its steps. */
export const FRAME_PAD = 30;
/** From a frame's corner to the origin of its body's positions, while no step stands left of or above it. */
export const BODY_ORIGIN: Position = [FRAME_PAD, FRAME_HEAD + FRAME_PAD];
/** An empty body has room for a card. */
const EMPTY_BODY = { width: CARD_WIDTH, height: CARD_HEIGHT };

export interface Size {
  width: number;
  height: number;
}

/** Where a node is drawn. `x` and `y` are canvas pixels. */
export interface Place extends Box {
  key: string;
  parent?: string;
  /** From the corner of the frame that it is in; for a node in no frame the same as `x` and `y`. */
  inFrame: Position;
  /** A container that shows its body: where the positions of its steps count from, in canvas pixels. */
  body?: Position;
  /** In a container that is folded. */
  hidden: boolean;
}

export type Places = ReadonlyMap<string, Place>;

export interface Drawn {
  flow: Flow;
  isContainer(key: string): boolean;
  /** Containers that show only their title. */
  folded: ReadonlySet<string>;
  /** What was measured of a card; a frame's size comes from its steps. */
  sizeOf(key: string): Size | undefined;
}

/** The steps of each body, and under "" those in none. */
function childrenOf(flow: Flow): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>();
  for (const key of Object.keys(flow.nodes)) {
    const home = flow.parents[key];
    const parent = home !== undefined && home in flow.nodes ? home : "";
    const list = children.get(parent);
    if (list) list.push(key);
    else children.set(parent, [key]);
  }
  return children;
}

/** How large a frame around these steps is, with room for a card where there are none. */
export function frameSize(inner: readonly (Size & { key: string })[], at: Readonly<Record<string, Position>>): Size {
  const across = inner.map(({ key, width }) => [at[key]![0], at[key]![0] + width] as const);
  const down = inner.map(({ key, height }) => [at[key]![1], at[key]![1] + height] as const);
  const extent = (spans: readonly (readonly [number, number])[], least: number) =>
    Math.max(least, ...spans.map(([, to]) => to)) - Math.min(0, ...spans.map(([from]) => from));
  return {
    width: extent(across, EMPTY_BODY.width) + 2 * FRAME_PAD,
    height: extent(down, EMPTY_BODY.height) + FRAME_HEAD + 2 * FRAME_PAD,
  };
}

/** Where every node is drawn and how large, containers before what they hold. Frames are as large as their steps need. */
export function placeAll(drawn: Drawn): Places {
  const { flow, folded, isContainer, sizeOf } = drawn;
  const at = positions(flow);
  const children = childrenOf(flow);
  const places = new Map<string, Place>();
  const opens = (key: string) => isContainer(key) && !folded.has(key);

  /** Left of and above the body's origin: the frame makes room there too. */
  const overhang = (key: string): Position => {
    const inside = (children.get(key) ?? []).map((child) => at[child]!);
    return [Math.min(0, ...inside.map(([x]) => x)), Math.min(0, ...inside.map(([, y]) => y))];
  };
  const size = (key: string): Size => {
    const measured = sizeOf(key);
    if (!opens(key)) return { width: CARD_WIDTH, height: CARD_HEIGHT, ...measured };
    const inner = (children.get(key) ?? []).map((child) => ({ key: child, ...size(child) }));
    return frameSize(inner, at);
  };
  const put = (key: string, from: { corner: Position; origin: Position; hidden: boolean; parent?: string }) => {
    const [x, y] = [from.origin[0] + at[key]![0], from.origin[1] + at[key]![1]];
    const [left, top] = overhang(key);
    const body: Position = [x + BODY_ORIGIN[0] - left, y + BODY_ORIGIN[1] - top];
    places.set(key, {
      key,
      x,
      y,
      ...size(key),
      inFrame: [x - from.corner[0], y - from.corner[1]],
      hidden: from.hidden,
      ...(from.parent !== undefined && { parent: from.parent }),
      ...(opens(key) && { body }),
    });
    const hidden = from.hidden || !opens(key);
    for (const child of children.get(key) ?? []) put(child, { corner: [x, y], origin: body, hidden, parent: key });
  };
  for (const key of children.get("") ?? []) put(key, { corner: [0, 0], origin: [0, 0], hidden: false });
  return places;
}

/** The innermost open frame at a point, not counting those that are left out (what is being dragged, and what is in it). */
export function frameAt(places: Places, point: Position, without: ReadonlySet<string> = new Set()): string | undefined {
  let found: string | undefined;
  // Frames come before what they hold, so the last hit is the innermost.
  for (const place of places.values())
    if (place.body && !place.hidden && !isWithin(places, place.key, without) && holds(place, point)) found = place.key;
  return found;
}

/** The innermost card at a point. */
export function cardUnder(places: Places, point: Position): string | undefined {
  let found: string | undefined;
  for (const place of places.values()) if (!place.hidden && holds(place, point)) found = place.key;
  return found;
}

/** Whether a node is one of these or in the body of one. */
function isWithin(places: Places, key: string, outer: ReadonlySet<string>): boolean {
  for (let at: string | undefined = key; at !== undefined; at = places.get(at)?.parent) if (outer.has(at)) return true;
  return false;
}

/** A point of the canvas as a position in a body, or in the flow itself. */
export function inBody(places: Places, parent: string | undefined, [x, y]: Position): Position {
  const origin = (parent === undefined ? undefined : places.get(parent)?.body) ?? [0, 0];
  return [x - origin[0], y - origin[1]];
}
