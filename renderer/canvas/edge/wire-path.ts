/** Where a wire leaves and where it enters, in canvas pixels. */
export interface WireEnds {
  sourceX: number;
  sourceY: number;
  targetX: number;
  targetY: number;
}

/** How far a wire runs straight out of a port before it turns. */
const REACH = 54;

/**
 * The curve of a wire from a right edge to a left edge, and its middle. Forward it is one S; a wire that goes back swings around
 * between the rows, so that it never runs behind the cards that it joins.
 */
export function wirePath({
  sourceX: x0,
  sourceY: y0,
  targetX: x1,
  targetY: y1,
}: WireEnds): [path: string, x: number, y: number] {
  const dx = x1 - x0;
  if (dx >= -40) {
    const reach = Math.max(dx < 50 ? 60 : 24, Math.min(dx / 2, 160));
    return [`M${x0},${y0} C${x0 + reach},${y0} ${x1 - reach},${y1} ${x1},${y1}`, (x0 + x1) / 2, (y0 + y1) / 2];
  }
  const middleX = (x0 + x1) / 2;
  const middleY = turnY(y0, y1);
  const lean = Math.min(Math.abs(dx) / 3 + REACH, 260);
  const path =
    `M${x0},${y0} C${x0 + REACH},${y0} ${x0 + REACH},${middleY} ${x0 + REACH - lean},${middleY} ` +
    `L${x1 - REACH + lean},${middleY} C${x1 - REACH},${middleY} ${x1 - REACH},${y1} ${x1},${y1}`;
  return [path, middleX, middleY];
}

/** The height at which a wire goes back: between the rows, or below both ends when they are in one. */
function turnY(y0: number, y1: number): number {
  const apart = Math.abs(y1 - y0);
  return apart > 120 ? (y1 > y0 ? y1 - 55 : y0 - 55) : Math.max(y0, y1) + 150;
}
