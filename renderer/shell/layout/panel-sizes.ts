import { useCallback, type RefObject } from "react";
import type { LayoutChangedMeta, PanelImperativeHandle } from "react-resizable-panels";
import { z } from "zod";

const sizesSchema = z.record(z.string(), z.number().positive());
type Sizes = z.infer<typeof sizesSchema>;

/** One panel whose size is kept. */
export interface KeptPanel {
  id: string;
  ref: RefObject<PanelImperativeHandle | null>;
}

function readSizes(key: string): Sizes {
  const kept = sizesSchema.safeParse(JSON.parse(localStorage.getItem(key) ?? "{}"));
  return kept.success ? kept.data : {};
}

const place = (projectPath: string): string => `heddle.sizes:${projectPath}`;

/** The size in pixels that a person gave a panel of this project, else `usual`. */
export const panelSize = (projectPath: string, id: string, usual: number): number =>
  readSizes(place(projectPath))[id] ?? usual;

/**
 * For a group's `onLayoutChanged`: keeps the panels at the pixels that a person dragged them to. Pixels, not shares: in a wider window the
 * canvas gets the space.
 */
export function useKeptSizes(projectPath: string, ...panels: KeptPanel[]) {
  return useCallback(
    (_layout: unknown, { isUserInteraction }: LayoutChangedMeta) => {
      // The panels have their new size with the next frame.
      if (isUserInteraction) requestAnimationFrame(() => keep(place(projectPath), panels));
    },
    [projectPath, panels],
  );
}

function keep(key: string, panels: readonly KeptPanel[]): void {
  const shown = panels.filter(({ ref }) => ref.current && !ref.current.isCollapsed());
  const now = Object.fromEntries(shown.map(({ id, ref }) => [id, Math.round(ref.current!.getSize().inPixels)]));
  localStorage.setItem(key, JSON.stringify({ ...readSizes(key), ...now }));
}
