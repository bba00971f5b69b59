import { useStore, ViewportPortal } from "@xyflow/react";
import { useShallow } from "zustand/shallow";
import { useDocument } from "../document/store.ts";
import { CARD_WIDTH, positions } from "./graph/place.ts";

const REACH = 40;

/** While one card is dragged: lines along which it stands level with others. The grid makes them meet exactly. */
export function Guides() {
  const dragged = useStore(
    useShallow((state) => {
      const moving = state.nodes.filter((node) => node.dragging);
      const [node] = moving;
      return moving.length === 1 && node ? { id: node.id, x: node.position.x, y: node.position.y } : null;
    }),
  );
  const flow = useDocument((state) => state.flow);
  if (!dragged) return null;
  const others = Object.entries(positions(flow)).filter(([key]) => key !== dragged.id);
  const level = others.filter(([, [, y]]) => y === dragged.y).map(([, [x]]) => x);
  const plumb = others.filter(([, [x]]) => x === dragged.x).map(([, [, y]]) => y);
  return (
    <ViewportPortal>
      {level.length > 0 && (
        <Line
          level
          from={Math.min(dragged.x, ...level)}
          to={Math.max(dragged.x, ...level) + CARD_WIDTH}
          at={dragged.y}
        />
      )}
      {plumb.length > 0 && (
        <Line from={Math.min(dragged.y, ...plumb)} to={Math.max(dragged.y, ...plumb)} at={dragged.x} />
      )}
    </ViewportPortal>
  );
}

function Line({ level, from, to, at }: { level?: boolean; from: number; to: number; at: number }) {
  const length = to - from + 2 * REACH;
  const [x, y] = level ? [from - REACH, at] : [at, from - REACH];
  const size = level ? { width: length, height: 1 } : { width: 1, height: length };
  return (
    <div
      className="pointer-events-none absolute bg-accent opacity-60"
      style={{ ...size, transform: `translate(${x}px, ${y}px)` }}
    />
  );
}
