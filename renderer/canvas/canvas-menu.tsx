import { ClipboardPaste, Copy, CopyPlus, KeyRound, Network, Pencil, Plus, Power, Scissors, Trash2 } from "lucide-react";
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
import { canvasPoint } from "./act/geometry.ts";
import {
  arrangeAll,
  duplicateSelection,
  pasteText,
  removeSelection,
  selectAll,
  selectionText,
  toggleDisabled,
} from "./act/selection-actions.ts";
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

const copy = () => {
  const text = selectionText();
  if (text !== null) void navigator.clipboard.writeText(text);
};

const paste = async (x: number, y: number) => {
  const at = canvasPoint(x, y);
  pasteText(await navigator.clipboard.readText(), at);
};

function NodeItems({ editable }: { editable: boolean }) {
  const { t } = useTranslation("canvas");
  const [node, ...more] = useSelection((state) => state.nodes);
  const off = useDocument((state) => node !== undefined && state.flow.nodes[node]?.disabled === true);
  const rename = (part: "title" | "key") => () =>
    node !== undefined && requestAnimationFrame(() => useCanvasUi.getState().set({ editing: { node, part } }));
  return (
    <>
      {more.length === 0 && (
        <>
          <ContextMenuItem
            icon={<Pencil size={SIZE} />}
            shortcut={keyLabel("enter")}
            disabled={!editable}
            onSelect={rename("title")}
          >
            {t("menu.renameTitle")}
          </ContextMenuItem>
          <ContextMenuItem icon={<KeyRound size={SIZE} />} shortcut="F2" disabled={!editable} onSelect={rename("key")}>
            {t("menu.renameKey")}
          </ContextMenuItem>
          <ContextMenuSeparator />
        </>
      )}
      <ContextMenuItem icon={<Copy size={SIZE} />} shortcut={keyLabel("mod+c")} onSelect={copy}>
        {t("menu.copy")}
      </ContextMenuItem>
      <ContextMenuItem
        icon={<Scissors size={SIZE} />}
        shortcut={keyLabel("mod+x")}
        disabled={!editable}
        onSelect={() => {
          copy();
          removeSelection();
        }}
      >
        {t("menu.cut")}
      </ContextMenuItem>
      <ContextMenuItem
        icon={<CopyPlus size={SIZE} />}
        shortcut={keyLabel("mod+d")}
        disabled={!editable}
        onSelect={duplicateSelection}
      >
        {t("menu.duplicate")}
      </ContextMenuItem>
      <ContextMenuItem
        icon={<Power size={SIZE} />}
        shortcut={keyLabel("mod+/")}
        disabled={!editable}
        onSelect={toggleDisabled}
      >
        {off ? t("menu.switchOn") : t("menu.switchOff")}
      </ContextMenuItem>
      <ContextMenuSeparator />
      <RemoveItem editable={editable} />
    </>
  );
}

function RemoveItem({ editable }: { editable: boolean }) {
  const { t } = useTranslation("canvas");
  return (
    <ContextMenuItem
      danger
      icon={<Trash2 size={SIZE} />}
      shortcut={t("menu.deleteKey")}
      disabled={!editable}
      onSelect={removeSelection}
    >
      {t("menu.delete")}
    </ContextMenuItem>
  );
}

function PaneItems({ target: { x, y }, editable }: { target: Target; editable: boolean }) {
  const { t } = useTranslation("canvas");
  const add = () =>
    requestAnimationFrame(() => useCanvasUi.getState().set({ quickAdd: { screen: { x, y }, at: canvasPoint(x, y) } }));
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
