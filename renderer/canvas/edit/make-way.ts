import { containersAround, type Flow, type Position } from "../../../engine/flow/index.ts";
import type { Place, Places } from "../graph/frames.ts";
import { CARD_HEIGHT, CARD_WIDTH, GRID, positions, type Box } from "../graph/place.ts";

/** Room that is kept between a frame and what it pushes away. */
const GAP = 40;

/** A flow before and after an edit, and how its cards come to stand. */
export interface Growth {
  before: Places;
  after: Flow;
  placesOf(flow: Flow): Places;
}

/**
 * Where the neighbours of frames that an edit made larger go, so that none is covered: what stands right of such a frame moves right, what
 * stands below it moves down, each by as much as it takes and all that stands there together. Inner frames come first: what they push makes
 * the frames around them larger.
 */
export function makeWay({ before, after, placesOf }: Growth): Record<string, Position> {
  const moved: Record<string, Position> = {};
  let flow = after;
  let places = placesOf(flow);
  const frames = [...places.values()]
    .filter((place) => place.body && !place.hidden)
    .toSorted((a, b) => containersAround(after, b.key).length - containersAround(after, a.key).length);
  for (const { key } of frames)
    for (const axis of [ACROSS, DOWN]) {
      const pushed = push({ flow, places, was: boxBefore(key, before, places) }, key, axis);
      if (Object.keys(pushed).length === 0) continue;
      Object.assign(moved, pushed);
      flow = { ...flow, layout: { ...flow.layout, ...pushed } };
      places = placesOf(flow);
    }
  return moved;
}

interface Axis {
  from(box: Box): number;
  to(box: Box): number;
  size(box: Box): number;
  /** The same seen the other way. */
  side(box: Box): [from: number, to: number];
  shifted(at: Position, by: number): Position;
}

const ACROSS: Axis = {
  from: ({ x }) => x,
  to: ({ x, width }) => x + width,
  size: ({ width }) => width,
  side: ({ y, height }) => [y, y + height],
  shifted: ([x, y], by) => [x + by, y],
};
const DOWN: Axis = {
  from: ({ y }) => y,
  to: ({ y, height }) => y + height,
  size: ({ height }) => height,
  side: ({ x, width }) => [x, x + width],
  shifted: ([x, y], by) => [x, y + by],
};

/** What a frame took up before the edit: for a new one that was put around steps what these take up, else a card. */
function boxBefore(key: string, before: Places, places: Places): Box {
  const known = before.get(key);
  if (known) return known;
  const inner = [...places.values()].filter(({ parent }) => parent === key);
  if (inner.length === 0) return { ...places.get(key)!, width: CARD_WIDTH, height: CARD_HEIGHT };
  const x = Math.min(...inner.map((box) => box.x));
  const y = Math.min(...inner.map((box) => box.y));
  const width = Math.max(...inner.map((box) => box.x + box.width)) - x;
  const height = Math.max(...inner.map((box) => box.y + box.height)) - y;
  return { x, y, width, height };
}

interface Now {
  flow: Flow;
  places: Places;
  was: Box;
}

/** Moves all that stands behind a frame's former end, when some of it would be covered. */
function push({ flow, places, was }: Now, key: string, axis: Axis): Record<string, Position> {
  const frame = places.get(key)!;
  // One that was only moved may lie where a person put it.
  if (axis.size(frame) <= axis.size(was) || axis.to(frame) <= axis.to(was)) return {};
  const behind = [...places.values()].filter(
    (place) => place.parent === frame.parent && place.key !== key && axis.from(place) >= axis.to(was),
  );
  const missing = behind
    .filter((place) => isBeside(frame, place, axis))
    .map((place) => axis.to(frame) + GAP - axis.from(place));
  const by = Math.ceil(Math.max(0, ...missing) / GRID) * GRID;
  if (by === 0) return {};
  const at = positions(flow);
  return Object.fromEntries(behind.map((place) => [place.key, axis.shifted(at[place.key]!, by)]));
}

/** Whether moving along the axis one would run into the other. */
function isBeside(frame: Place, place: Place, axis: Axis): boolean {
  const [low, high] = axis.side(frame);
  const [from, to] = axis.side(place);
  return from < high && low < to;
}
