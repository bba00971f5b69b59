import type { Flow, Position } from "../../../engine/flow/index.ts";

/** Canvas pixels. Positions snap to the grid. */
export const GRID = 10;
export const CARD_WIDTH = 240;
/** How tall a card is before it has been measured. */
export const CARD_HEIGHT = 120;
const COLUMN = CARD_WIDTH + 80;
const ROW = CARD_HEIGHT + 60;

export const snap = (value: number): number => Math.round(value / GRID) * GRID;
export const snapPosition = ([x, y]: Position): Position => [snap(x), snap(y)];

function depths(flow: Flow): Map<string, number> {
  const depth = new Map<string, number>();
  for (const key of Object.keys(flow.nodes)) depth.set(key, 0);
  // A longest-path pass for each node at most: a cycle ends it too.
  for (let pass = 0; pass < depth.size; pass++) {
    let moved = false;
    for (const { from, to } of flow.edges) {
      const wanted = (depth.get(from) ?? 0) + 1;
      if (depth.has(to) && wanted > depth.get(to)! && wanted < depth.size) {
        depth.set(to, wanted);
        moved = true;
      }
    }
    if (!moved) break;
  }
  return depth;
}

/**
 * Where every node stands in the body that it is in (or in the flow): as the file says, and for nodes that it doesn't place, in columns
 * by what comes after what.
 */
export function positions(flow: Flow): Record<string, Position> {
  const missing = Object.keys(flow.nodes).filter((key) => !flow.layout[key]);
  if (missing.length === 0) return { ...flow.layout };
  const placed = { ...flow.layout };
  const depth = depths(flow);
  const rows = new Map<string, number>();
  const starts = firstRows(flow);
  for (const key of missing) {
    const parent = flow.parents[key] ?? "";
    const column = depth.get(key) ?? 0;
    const row = rows.get(`${parent} ${column}`) ?? 0;
    rows.set(`${parent} ${column}`, row + 1);
    placed[key] = [column * COLUMN, (starts.get(parent) ?? 0) + row * ROW];
  }
  return placed;
}

/** Below everything that the file places in a body. */
function firstRows(flow: Flow): Map<string, number> {
  const rows = new Map<string, number>();
  for (const [key, [, y]] of Object.entries(flow.layout)) {
    const parent = flow.parents[key] ?? "";
    rows.set(parent, Math.max(rows.get(parent) ?? 0, y + ROW));
  }
  return rows;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const overlaps = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

export const holds = (box: Box, [x, y]: Position): boolean =>
  x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;

/** The nearest free place at or below `at`: a new card never covers one that stands there. */
export function freePlace(at: Position, taken: readonly Box[]): Position {
  let [x, y] = snapPosition(at);
  const box = () => ({ x: x - 20, y: y - 20, width: CARD_WIDTH + 40, height: CARD_HEIGHT + 40 });
  for (let tries = 0; tries < 200; tries++) {
    const hit = taken.find((other) => overlaps(box(), other));
    if (!hit) break;
    y = snap(hit.y + hit.height + 30);
  }
  return [x, y];
}
