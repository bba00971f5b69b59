import { useNodesInitialized, type Viewport } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { z } from "zod";
import { useDocument } from "../document/store.ts";
import { view } from "./act/view.ts";
import { useCanvasUi } from "./ui-store.ts";
import { MANY } from "./use-graph.ts";

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
