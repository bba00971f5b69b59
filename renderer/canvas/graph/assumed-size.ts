import { Position, type NodeHandle } from "@xyflow/react";
import type { NodeAnalysis } from "../../../engine/flow/index.ts";
import { IN_HANDLE, PROVIDES_HANDLE, portHandle, slotHandle } from "./handles.ts";
import { CARD_HEIGHT, CARD_WIDTH } from "./place.ts";

type Shape = Pick<NodeAnalysis, "role" | "hasInput" | "ports" | "slots"> | undefined;

const SIZE = 10;
const TITLE_LINE = 30;
const ROW = 24;

/**
 * How large a card is likely to be and where its ports are, so that a card out of sight needn't be drawn to know where its wires end.
 * Exact values take over once the card was seen.
 */
export function assumedSize(shape: Shape): { initialWidth: number; initialHeight: number; handles: NodeHandle[] } {
  return { initialWidth: CARD_WIDTH, initialHeight: CARD_HEIGHT, handles: handlesOf(shape) };
}

function handlesOf(shape: Shape): NodeHandle[] {
  const handle = (id: string, type: NodeHandle["type"], position: Position, x: number, y: number): NodeHandle => ({
    id,
    type,
    position,
    x: x - SIZE / 2,
    y: y - SIZE / 2,
    width: SIZE,
    height: SIZE,
  });
  if (shape?.role === "resource") return [handle(PROVIDES_HANDLE, "source", Position.Top, CARD_WIDTH / 2, 0)];
  const ports = shape?.ports ?? [];
  const y = (i: number) => (ports.length === 1 ? TITLE_LINE : CARD_HEIGHT - ROW * (ports.length - i - 0.5));
  return [
    handle(IN_HANDLE, "target", Position.Left, 0, TITLE_LINE),
    ...ports.map((port, i) => handle(portHandle(port.id), "source", Position.Right, CARD_WIDTH, y(i))),
    handle(portHandle("error"), "source", Position.Bottom, CARD_WIDTH - 20, CARD_HEIGHT),
    ...(shape?.slots ?? []).map(({ slot }) =>
      handle(slotHandle(slot), "target", Position.Bottom, CARD_WIDTH / 2, CARD_HEIGHT),
    ),
  ];
}
