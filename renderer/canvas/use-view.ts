import { useNodesInitialized, useReactFlow, type Viewport } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { z } from "zod";
import { FIT_PADDING } from "./act/view.ts";
import { useDocument } from "../document/store.ts";

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

/** Shows a flow that was just opened: where it was left, or all of it. */
export function useFirstView(): void {
  const { fitView, setViewport } = useReactFlow();
  const path = useDocument((state) => (state.loading ? "" : state.path));
  const ready = useNodesInitialized();
  const shown = useRef("");
  useEffect(() => {
    if (path === "" || path === shown.current) return;
    const last = remembered(path);
    if (last) {
      shown.current = path;
      void setViewport(last);
    } else if (ready) {
      shown.current = path;
      void fitView({ padding: FIT_PADDING, maxZoom: 1 });
    }
  }, [path, ready, fitView, setViewport]);
}
