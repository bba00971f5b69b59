import { useNodesInitialized, useStore, useStoreApi, type Transform, type Viewport } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { z } from "zod";
import { useShallow } from "zustand/shallow";
import { useDocument } from "../document/store.ts";
import { boxes } from "./act/geometry.ts";
import { view } from "./act/view.ts";
import { MANY } from "./many.ts";
import { useCanvasUi } from "./ui-store.ts";

const viewportSchema = z.object({ x: z.number(), y: z.number(), zoom: z.number().positive() });
const place = (path: string): string => `heddle.view:${path}`;

/** Keeps where a person looked, a flow each, for when they come back. */
export function rememberView(viewport: Viewport): void {
  const { path, name } = useDocument.getState();
  if (name !== null && path !== "") localStorage.setItem(place(path), JSON.stringify(viewport));
}

function remembered(path: string): Viewport | null {
  const text = localStorage.getItem(place(path));
  if (text === null) return null;
  const parsed = viewportSchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}

/** Shows a flow that was just opened: where it was left, or all of it once its cards have their sizes. */
export function useFirstView(): void {
  const instance = useCanvasUi((ui) => ui.instance);
  const path = useDocument((state) => (state.loading ? "" : state.path));
  const many = useDocument((state) => Object.keys(state.flow.nodes).length > MANY);
  const measured = useNodesInitialized();
  const shown = useRef("");
  useEffect(() => {
    if (path === "" || path === shown.current || !instance) return;
    const last = remembered(path);
    if (!last && !measured && !many) return;
    shown.current = path;
    if (last) void instance.setViewport(last);
    else view.fit([], false);
  }, [path, measured, many, instance]);
}

/** Whether a flow lies within a view of this size, as it is zoomed and panned now. */
function liesWithin([x, y, zoom]: Transform, { width, height }: { width: number; height: number }): boolean {
  return boxes().every(
    (box) =>
      box.x * zoom + x >= 0 &&
      box.y * zoom + y >= 0 &&
      (box.x + box.width) * zoom + x <= width &&
      (box.y + box.height) * zoom + y <= height,
  );
}

/** A flow that could be seen whole stays so when a panel beside it opens or grows. */
export function useWholeKept(): void {
  const size = useStore(useShallow(({ width, height }) => ({ width, height })));
  const store = useStoreApi();
  const before = useRef(size);
  useEffect(() => {
    const last = before.current;
    before.current = size;
    const shrank = size.width < last.width || size.height < last.height;
    const { transform } = store.getState();
    if (shrank && size.width > 0 && liesWithin(transform, last) && !liesWithin(transform, size)) view.fit();
  }, [size, store]);
}
