import { useEffect } from "react";
import { Group, Panel, usePanelRef } from "react-resizable-panels";
import type { Project } from "../../../engine/rpc/contract.ts";
import { Canvas } from "../../canvas/index.ts";
import { useTranslation } from "../../i18n/index.ts";
import { PausedBar } from "../../run/index.ts";
import { ErrorBoundary } from "../error-boundary.tsx";
import { useShell } from "../store.ts";
import { Drawer } from "./drawer.tsx";
import { FlowBanner } from "./flow-banner.tsx";
import { panelSize, useKeptSizes } from "./panel-sizes.ts";
import { ResizeHandle } from "./resize-handle.tsx";

/** Height of the drawer when only its tabs show. */
const TABS_HEIGHT = 37;

/** The canvas over its drawer. */
export function FlowCenter({ project }: { project: Project }) {
  const { t } = useTranslation();
  const drawer = usePanelRef();
  const open = useShell((state) => state.drawerOpen);
  const setOpen = useShell((state) => state.setDrawerOpen);
  const keepSizes = useKeptSizes(project.path, { id: "drawer", ref: drawer });
  useEffect(() => {
    const panel = drawer.current;
    if (!panel || panel.isCollapsed() !== open) return;
    if (open) panel.expand();
    else panel.collapse();
  }, [open, drawer]);
  return (
    <Group orientation="vertical" onLayoutChanged={keepSizes} className="size-full">
      <Panel id="canvas" minSize={120}>
        <div className="relative h-full bg-canvas">
          <FlowBanner />
          <ErrorBoundary>
            <Canvas />
          </ErrorBoundary>
          <div className="pointer-events-none absolute inset-x-0 top-3 z-20 flex justify-center px-4">
            <PausedBar />
          </div>
        </div>
      </Panel>
      <ResizeHandle label={t("drawer.resize")} vertical />
      <Panel
        id="drawer"
        panelRef={drawer}
        collapsible
        collapsedSize={TABS_HEIGHT}
        defaultSize={panelSize(project.path, "drawer", 260)}
        minSize={140}
        groupResizeBehavior="preserve-pixel-size"
        onResize={({ inPixels }, _id, before) => before && setOpen(inPixels > TABS_HEIGHT + 4)}
      >
        <ErrorBoundary>
          <Drawer />
        </ErrorBoundary>
      </Panel>
    </Group>
  );
}
