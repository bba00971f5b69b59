import { getViewportForBounds } from "@xyflow/react";
import { CARD_HEIGHT, type Box } from "../graph/place.ts";
import { useCanvasUi } from "../ui-store.ts";
import { boxes } from "./geometry.ts";

export const MIN_ZOOM = 0.04;
const DURATION = 160;
const duration = (): number => (window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : DURATION);

const instance = () => useCanvasUi.getState().instance;

/** Around a whole flow: the controls at the foot cover nothing. */
const FIT_PADDING = { top: "40px", left: "60px", right: "60px", bottom: "64px" } as const;

/** How much of the flow is seen, and which part. */
export const view = {
  zoomIn: () => void instance()?.zoomIn({ duration: duration() }),
  zoomOut: () => void instance()?.zoomOut({ duration: duration() }),
  actualSize: () => void instance()?.zoomTo(1, { duration: duration() }),
  fit: (keys: readonly string[] = [], animated = true) => {
    const shown = boxes().filter(({ key }) => keys.length === 0 || keys.includes(key));
    const pane = document.querySelector(".react-flow")?.getBoundingClientRect();
    if (shown.length === 0 || !pane) return;
    const viewport = getViewportForBounds(around(shown), pane.width, pane.height, MIN_ZOOM, 1, FIT_PADDING);
    void instance()?.setViewport(viewport, { duration: animated ? duration() : 0 });
  },
};

/** What a person does to look elsewhere. */
const TAKES_OVER = ["pointerdown", "wheel", "keydown"] as const;

/**
 * Shows the whole flow in a canvas whose size changes because a panel beside it comes or goes, which takes more than one frame: until
 * it is ended or a person takes over.
 */
export function fitWhileResized(): () => void {
  const pane = document.querySelector(".react-flow");
  if (!pane) return () => undefined;
  const watch = new ResizeObserver(() => view.fit());
  const taken = new AbortController();
  const end = () => {
    watch.disconnect();
    taken.abort();
  };
  for (const event of TAKES_OVER) window.addEventListener(event, end, { capture: true, signal: taken.signal });
  watch.observe(pane);
  return end;
}

function around(shown: readonly Box[]): Box {
  const x = Math.min(...shown.map((box) => box.x));
  const y = Math.min(...shown.map((box) => box.y));
  const right = Math.max(...shown.map((box) => box.x + box.width));
  const bottom = Math.max(...shown.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

/** Room kept around a card that was brought into view, screen pixels. */
const MARGIN = 40;

/** Moves the view as little as it takes to show a card whole. */
export function reveal(key: string): void {
  const flow = instance();
  const pane = document.querySelector(".react-flow")?.getBoundingClientRect();
  const box = boxes().find((candidate) => candidate.key === key);
  if (!flow || !pane || !box) return;
  const from = flow.flowToScreenPosition({ x: box.x, y: box.y });
  const to = flow.flowToScreenPosition({ x: box.x + box.width, y: box.y + Math.max(box.height, CARD_HEIGHT) });
  const dx = shift(from.x, to.x, pane.left, pane.right);
  const dy = shift(from.y, to.y, pane.top, pane.bottom);
  if (dx === 0 && dy === 0) return;
  const { x, y, zoom } = flow.getViewport();
  void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: duration() });
}

/** How far a span has to move to lie within another, which it may be larger than. */
export function shift(from: number, to: number, low: number, high: number): number {
  if (from >= low && to <= high) return 0;
  if (from < low || to - from > high - low - 2 * MARGIN) return low + MARGIN - from;
  return high - MARGIN - to;
}
