import { CARD_HEIGHT, CARD_WIDTH } from "../graph/place.ts";
import { useCanvasUi } from "../ui-store.ts";
import { boxes } from "./geometry.ts";

const DURATION = 160;
const duration = (): number => (window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : DURATION);

const instance = () => useCanvasUi.getState().instance;

/** How much of the flow is seen, and which part. */
export const view = {
  zoomIn: () => void instance()?.zoomIn({ duration: duration() }),
  zoomOut: () => void instance()?.zoomOut({ duration: duration() }),
  actualSize: () => void instance()?.zoomTo(1, { duration: duration() }),
  fit: (keys?: readonly string[]) =>
    void instance()?.fitView({
      duration: duration(),
      padding: 0.15,
      maxZoom: 1,
      ...(keys && keys.length > 0 && { nodes: keys.map((id) => ({ id })) }),
    }),
};

/** Moves the view only when a card isn't whole within it. */
export function reveal(key: string): void {
  const flow = instance();
  const pane = document.querySelector(".react-flow")?.getBoundingClientRect();
  const box = boxes().find((candidate) => candidate.key === key);
  if (!flow || !pane || !box) return;
  const from = flow.flowToScreenPosition({ x: box.x, y: box.y });
  const to = flow.flowToScreenPosition({ x: box.x + CARD_WIDTH, y: box.y + Math.max(box.height, CARD_HEIGHT) });
  const inside = from.x >= pane.left && from.y >= pane.top && to.x <= pane.right && to.y <= pane.bottom;
  if (inside) return;
  void flow.setCenter(box.x + CARD_WIDTH / 2, box.y + box.height / 2, { zoom: flow.getZoom(), duration: duration() });
}
