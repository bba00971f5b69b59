import { useStore, ViewportPortal } from "@xyflow/react";
import { useShallow } from "zustand/shallow";
import { useDocument } from "../document/store.ts";
import { boxesIn } from "./act/geometry.ts";
import { CARD_WIDTH } from "./graph/place.ts";

const REACH = 40;

/** While one card is dragged: lines along which it stands level with others. The grid makes them meet exactly. */
export function Guides() {
  const dragged = useStore(
    useShallow((state) => {
      const moving = state.nodes.filter((node) => node.dragging);
      const at = state.nodeLookup.get(moving[0]?.id ?? "")?.internals.positionAbsolute;
      return moving.length === 1 && at ? { id: moving[0]!.id, x: at.x, y: at.y } : null;
    }),
  );
  const parent = useDocument((state) => state.flow.parents[dragged?.id ?? ""]);
  if (!dragged) return null;
  const others = boxesIn(parent).filter(({ key }) => key !== dragged.id);
  const level = others.filter(({ y }) => y === dragged.y).map(({ x }) => x);
  const plumb = others.filter(({ x }) => x === dragged.x).map(({ y }) => y);
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
