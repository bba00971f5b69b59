import { useStore, type Transform } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { useShallow } from "zustand/shallow";
import type { Flow } from "../../engine/flow/index.ts";
import type { Family } from "../../engine/node/define.ts";
import { useDocument } from "../document/store.ts";
import { useCatalog } from "../rpc/index.ts";
import { places } from "./act/geometry.ts";
import type { Places } from "./graph/frames.ts";

interface Drawing {
  flow: Flow;
  places: Places;
  familyOf(key: string): Family;
}

/** A large flow seen from afar: blocks of colour and lines, on one layer, since two thousand cards would take seconds. */
export function Overview() {
  const layer = useRef<HTMLCanvasElement>(null);
  const flow = useDocument((state) => state.flow);
  const catalog = useCatalog();
  const { transform, width, height } = useStore(
    useShallow((state) => ({ transform: state.transform, width: state.width, height: state.height })),
  );
  useEffect(() => {
    const familyOf = (key: string): Family => catalog.get(flow.nodes[key]?.type ?? "")?.family ?? "logic";
    if (layer.current) draw(layer.current, transform, { flow, places: places(), familyOf });
  }, [flow, catalog, transform, width, height]);
  return <canvas ref={layer} aria-hidden className="pointer-events-none absolute inset-0 size-full" />;
}

function draw(layer: HTMLCanvasElement, [x, y, zoom]: Transform, { flow, places, familyOf }: Drawing): void {
  const ratio = window.devicePixelRatio;
  const { clientWidth, clientHeight } = layer;
  layer.width = clientWidth * ratio;
  layer.height = clientHeight * ratio;
  const pen = layer.getContext("2d");
  if (!pen) return;
  const style = getComputedStyle(layer);
  const color = (name: string) => style.getPropertyValue(name).trim();
  pen.scale(ratio, ratio);
  pen.translate(x, y);
  pen.scale(zoom, zoom);
  pen.strokeStyle = color("--line-strong");
  pen.lineWidth = 1 / zoom;
  pen.beginPath();
  for (const { from, to } of flow.edges) {
    const start = places.get(from);
    const end = places.get(to);
    if (!start || !end || start.hidden || end.hidden) continue;
    pen.moveTo(start.x + start.width, start.y + 30);
    pen.lineTo(end.x, end.y + 30);
  }
  pen.stroke();
  const colors = new Map<Family, string>();
  for (const { key, x, y, width, height, body, hidden } of places.values()) {
    if (hidden) continue;
    const family = familyOf(key);
    if (!colors.has(family)) colors.set(family, color(`--family-${family}`));
    pen.fillStyle = colors.get(family)!;
    // What a frame holds shows through it.
    pen.globalAlpha = body ? 0.2 : 1;
    pen.beginPath();
    pen.roundRect(x, y, width, height, 16);
    pen.fill();
  }
}
