import { useStore, type Transform } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { useShallow } from "zustand/shallow";
import type { Flow, Position } from "../../engine/flow/index.ts";
import type { Family } from "../../engine/node/define.ts";
import { useDocument } from "../document/store.ts";
import { useCatalog } from "../rpc/index.ts";
import { CARD_HEIGHT, CARD_WIDTH, positions } from "./graph/place.ts";

interface Drawing {
  flow: Flow;
  places: Readonly<Record<string, Position>>;
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
    if (layer.current) draw(layer.current, transform, { flow, places: positions(flow), familyOf });
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
    const start = places[from];
    const end = places[to];
    if (!start || !end) continue;
    pen.moveTo(start[0] + CARD_WIDTH, start[1] + 30);
    pen.lineTo(end[0], end[1] + 30);
  }
  pen.stroke();
  const colors = new Map<Family, string>();
  for (const [key, [left, top]] of Object.entries(places)) {
    const family = familyOf(key);
    if (!colors.has(family)) colors.set(family, color(`--family-${family}`));
    pen.fillStyle = colors.get(family)!;
    pen.beginPath();
    pen.roundRect(left, top, CARD_WIDTH, CARD_HEIGHT, 16);
    pen.fill();
  }
}

/** The card at a point of an overview, in canvas pixels. */
export function blockAt(flow: Flow, [x, y]: Position): string | undefined {
  return Object.entries(positions(flow)).find(
    ([, [left, top]]) => x >= left && x <= left + CARD_WIDTH && y >= top && y <= top + CARD_HEIGHT,
  )?.[0];
}
