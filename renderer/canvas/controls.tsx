import { MiniMap, Panel, useStore } from "@xyflow/react";
import { Map as MapIcon, Maximize, Minus, Network, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useDocument } from "../document/store.ts";
import { useCatalog } from "../rpc/index.ts";
import { familyColor, IconButton, keyLabel, Tooltip } from "../ui/index.ts";
import { arrangeAll } from "./act/selection-actions.ts";
import { view } from "./act/view.ts";
import type { CanvasNode } from "./graph/to-graph.ts";
import { useCanvasUi } from "./ui-store.ts";

/** Zoom, the whole, the map and auto layout, at the canvas' lower right. */
export function Controls() {
  const { t } = useTranslation("canvas");
  const zoom = useStore((state) => Math.round(state.transform[2] * 100));
  const minimap = useMapShown();
  const editable = useDocument((state) => state.editable);
  return (
    <Panel position="bottom-right" className="m-3.5!">
      <div
        role="toolbar"
        aria-label={t("controls.name")}
        className="flex h-8 items-center rounded-[8px] border border-line bg-panel p-0.5 shadow-float"
      >
        <IconButton label={t("controls.zoomOut")} shortcut="-" side="top" onClick={view.zoomOut}>
          <Minus size={14} aria-hidden />
        </IconButton>
        <Tooltip content={t("controls.actualSize")} shortcut={keyLabel("shift+0")} side="top">
          <button
            type="button"
            className="h-7 w-12 rounded-control text-12 text-ink-2 tabular-nums hover:bg-hover hover:text-ink"
            onClick={view.actualSize}
          >
            {zoom} %
          </button>
        </Tooltip>
        <IconButton label={t("controls.zoomIn")} shortcut="+" side="top" onClick={view.zoomIn}>
          <Plus size={14} aria-hidden />
        </IconButton>
        <span className="mx-0.5 h-4 w-px bg-line" />
        <IconButton label={t("controls.fit")} shortcut={keyLabel("shift+1")} side="top" onClick={() => view.fit()}>
          <Maximize size={14} aria-hidden />
        </IconButton>
        <IconButton
          label={t("controls.arrange")}
          shortcut={keyLabel("mod+shift+l")}
          side="top"
          disabled={!editable}
          onClick={() => void arrangeAll()}
        >
          <Network size={14} aria-hidden className="-rotate-90" />
        </IconButton>
        <IconButton
          label={t("controls.map")}
          side="top"
          active={minimap}
          aria-pressed={minimap}
          onClick={() => useCanvasUi.getState().set({ minimap: minimap ? "hidden" : "shown" })}
        >
          <MapIcon size={14} aria-hidden />
        </IconButton>
      </div>
    </Panel>
  );
}

/** A map of more cards than this costs more than it shows: only on demand. */
const MAP_LIMIT = 400;

/** Whether the map is wanted: when someone asked for it, else when a card is out of sight. */
function useMapShown(): boolean {
  const wish = useCanvasUi((ui) => ui.minimap);
  const outOfSight = useStore(({ nodes, transform: [x, y, zoom], width, height }) =>
    nodes.some(({ position, measured, parentId }) => {
      // What is in a frame is in sight with it.
      if (parentId !== undefined) return false;
      const left = position.x * zoom + x;
      const top = position.y * zoom + y;
      const right = left + (measured?.width ?? 0) * zoom;
      const bottom = top + (measured?.height ?? 0) * zoom;
      return right < 0 || bottom < 0 || left > width || top > height;
    }),
  );
  const many = useDocument((state) => Object.keys(state.flow.nodes).length > MAP_LIMIT);
  return wish === "auto" ? outOfSight && !many : wish === "shown";
}

/** The whole flow in a corner, for flows that don't fit the view. */
export function Map() {
  const { t } = useTranslation("canvas");
  const shown = useMapShown();
  const flow = useDocument((state) => state.flow);
  const catalog = useCatalog();
  if (!shown || Object.keys(flow.nodes).length === 0) return null;
  const color = ({ id, type }: CanvasNode) => {
    const hue = familyColor(catalog.get(flow.nodes[id]?.type ?? "")?.family ?? "logic");
    return type === "frame" ? `color-mix(in srgb, ${hue} 18%, transparent)` : hue;
  };
  return (
    <MiniMap<CanvasNode>
      pannable
      zoomable
      position="bottom-left"
      ariaLabel={t("controls.mapName")}
      className="minimap"
      nodeColor={color}
      nodeBorderRadius={24}
      maskColor="var(--minimap-mask)"
      bgColor="var(--panel)"
    />
  );
}
