import { useEffect, useLayoutEffect } from "react";
import { z } from "zod";
import type { Project } from "../../engine/rpc/contract.ts";
import { DRAWER_TABS, shellStore } from "./store.ts";

const panelsSchema = z.object({ drawer: z.enum(DRAWER_TABS), drawerOpen: z.boolean(), code: z.boolean() });

/** Keeps which panels are open, a project each. Their sizes are kept by the panels themselves. */
export function useRememberedPanels(project: Project): void {
  const place = `heddle.panels:${project.path}`;
  useLayoutEffect(() => {
    const kept = panelsSchema.safeParse(JSON.parse(localStorage.getItem(place) ?? "null"));
    if (kept.success) shellStore.setState(kept.data);
  }, [place]);
  useEffect(
    () => shellStore.subscribe((state) => localStorage.setItem(place, JSON.stringify(panelsSchema.parse(state)))),
    [place],
  );
}
