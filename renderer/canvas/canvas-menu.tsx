import { ClipboardPaste, Network, Plus } from "lucide-react";
import { useState, type MouseEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useDocument } from "../document/store.ts";
import { useSelection } from "../selection/store.ts";
import {
  ContextMenu,
  ContextMenuContent,
  ContextMenuItem,
  ContextMenuSeparator,
  ContextMenuTrigger,
  keyLabel,
} from "../ui/index.ts";
import { canvasPoint, places } from "./act/geometry.ts";
import { arrangeAll, pasteText, selectAll } from "./act/selection-actions.ts";
import { frameAt } from "./graph/frames.ts";
import { NodeItems, RemoveItem } from "./node-menu.tsx";
import { useCanvasUi } from "./ui-store.ts";

type Target = { kind: "pane" | "node" | "edge"; x: number; y: number };
const SIZE = 14;

/** What the pointer is over is what the menu is about: it is selected first. */
function aim(event: MouseEvent): Target {
  const { nodes, edges, select } = useSelection.getState();
  const at = { x: event.clientX, y: event.clientY };
  const element = event.target as HTMLElement;
  const node = element.closest(".react-flow__node")?.getAttribute("data-id");
  if (node) {
    if (!nodes.includes(node)) select([node]);
    return { kind: "node", ...at };
  }
  const edge = element.closest(".react-flow__edge")?.getAttribute("data-id");
  if (!edge) return { kind: "pane", ...at };
  if (!edges.includes(edge)) select([], [edge]);
  return { kind: "edge", ...at };
}

/** The canvas with its context menu: for a card, a wire or the empty ground. */
export function CanvasMenu({ children }: { children: ReactNode }) {
  const [target, setTarget] = useState<Target>({ kind: "pane", x: 0, y: 0 });
  const editable = useDocument((state) => state.editable);
  return (
    <ContextMenu>
      <ContextMenuTrigger asChild onContextMenu={(event) => setTarget(aim(event))}>
        {children}
      </ContextMenuTrigger>
      <ContextMenuContent onCloseAutoFocus={(event) => event.preventDefault()}>
        {target.kind === "node" && <NodeItems editable={editable} />}
        {target.kind === "edge" && <RemoveItem editable={editable} />}
        {target.kind === "pane" && <PaneItems target={target} editable={editable} />}
      </ContextMenuContent>
    </ContextMenu>
  );
}

const paste = async (x: number, y: number) => {
  const at = canvasPoint(x, y);
  pasteText(await navigator.clipboard.readText(), at);
};

function PaneItems({ target: { x, y }, editable }: { target: Target; editable: boolean }) {
  const { t } = useTranslation("canvas");
  const add = () =>
    requestAnimationFrame(() => {
      const at = canvasPoint(x, y);
      useCanvasUi.getState().set({ quickAdd: { screen: { x, y }, at, parent: frameAt(places(), at) } });
    });
  return (
    <>
      <ContextMenuItem icon={<Plus size={SIZE} />} shortcut="A" disabled={!editable} onSelect={add}>
        {t("menu.add")}
      </ContextMenuItem>
      <ContextMenuItem
        icon={<ClipboardPaste size={SIZE} />}
        shortcut={keyLabel("mod+v")}
        disabled={!editable}
        onSelect={() => void paste(x, y)}
      >
        {t("menu.paste")}
      </ContextMenuItem>
      <ContextMenuSeparator />
      <ContextMenuItem shortcut={keyLabel("mod+a")} onSelect={selectAll}>
        {t("menu.selectAll")}
      </ContextMenuItem>
      <ContextMenuItem
        icon={<Network size={SIZE} className="-rotate-90" />}
        shortcut={keyLabel("mod+shift+l")}
        disabled={!editable}
        onSelect={() => void arrangeAll()}
      >
        {t("controls.arrange")}
      </ContextMenuItem>
    </>
  );
}
