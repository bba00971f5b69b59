import {
  ChevronsDownUp,
  ChevronsUpDown,
  CircleDot,
  Copy,
  CopyPlus,
  CornerUpLeft,
  KeyRound,
  Pencil,
  PinIcon,
  PinOff,
  Power,
  Scissors,
  SkipForward,
  SquareDashed,
  StepForward,
  Trash2,
  TriangleAlert,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { ERROR_PORT, UNDO_PORT } from "../../engine/flow/index.ts";
import { useDebugMarks } from "../document/debug-marks.ts";
import { useDocument } from "../document/store.ts";
import { useText } from "../i18n/index.ts";
import { runFrom, runTo } from "../run/debug/commands.ts";
import { useSelection } from "../selection/store.ts";
import { ContextMenuItem, ContextMenuSeparator, keyLabel, NodeChip } from "../ui/index.ts";
import { isContainer } from "./act/geometry.ts";
import { openQuickAddAt } from "./act/quick-add.ts";
import {
  duplicateSelection,
  removeSelection,
  selectInside,
  selectionText,
  toggleDisabled,
} from "./act/selection-actions.ts";
import { toggleBreakpoints } from "./act/debug.ts";
import { useContainerTypes, wrapSelection } from "./act/wrap.ts";
import { toggleFolded, useFoldedKeys } from "./folded.ts";
import { useNodeMarks } from "./node/debug-badges.tsx";
import { useStep } from "./node/run-state.ts";
import { useNode } from "./node/use-node.ts";
import { useCanvasUi } from "./ui-store.ts";

const SIZE = 14;

const copy = () => {
  const text = selectionText();
  if (text !== null) void navigator.clipboard.writeText(text);
};

/** What can be done with the selected cards. */
export function NodeItems({ editable }: { editable: boolean }) {
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
      <BodyItems editable={editable} />
      {node !== undefined && more.length === 0 && <DebugItems id={node} />}
      <RemoveItem editable={editable} />
    </>
  );
}

/** Containers: putting one around the selection, folding one, going into it. */
function BodyItems({ editable }: { editable: boolean }) {
  const { t } = useTranslation("canvas");
  const text = useText();
  const types = useContainerTypes();
  const folded = useFoldedKeys();
  const [node, ...more] = useSelection((state) => state.nodes);
  const container = node !== undefined && more.length === 0 && isContainer(node) ? node : undefined;
  const isFolded = container !== undefined && folded.includes(container);
  return (
    <>
      {container !== undefined && (
        <>
          <ContextMenuItem
            icon={isFolded ? <ChevronsUpDown size={SIZE} /> : <ChevronsDownUp size={SIZE} />}
            onSelect={() => toggleFolded(container)}
          >
            {t(isFolded ? "menu.unfold" : "menu.fold")}
          </ContextMenuItem>
          {!isFolded && (
            <ContextMenuItem icon={<SquareDashed size={SIZE} />} onSelect={() => selectInside(container)}>
              {t("menu.selectInside")}
            </ContextMenuItem>
          )}
        </>
      )}
      {types.map((type) => (
        <ContextMenuItem
          key={type.type}
          icon={<NodeChip family={type.family} icon={type.icon} size="xs" />}
          disabled={!editable}
          onSelect={() => wrapSelection(type.type)}
        >
          {t("menu.wrap", { name: text(type.title) })}
        </ContextMenuItem>
      ))}
      {(container !== undefined || types.length > 0) && <ContextMenuSeparator />}
    </>
  );
}

/** What a developer does with one step: run to it or from it, stop at it, keep its result, say what undoes it. */
function DebugItems({ id }: { id: string }) {
  const { t } = useTranslation("canvas");
  const { shape } = useNode(id);
  const { stops, pinned } = useNodeMarks(id);
  const step = useStep(id);
  const path = useDocument((state) => state.path);
  const editable = useDocument((state) => state.editable);
  const marks = useDebugMarks.getState();
  if (shape?.role !== "step") return null;
  // The list of steps takes the focus, which the closing menu would take back.
  const soon = (act: () => void) => () => void requestAnimationFrame(act);
  const output = step?.output;
  return (
    <>
      <ContextMenuItem icon={<StepForward size={SIZE} />} onSelect={() => runTo(id)}>
        {t("menu.runTo")}
      </ContextMenuItem>
      <ContextMenuItem icon={<SkipForward size={SIZE} />} onSelect={() => void runFrom(id)}>
        {t("menu.runFrom")}
      </ContextMenuItem>
      <ContextMenuItem icon={<CircleDot size={SIZE} />} shortcut="F9" onSelect={toggleBreakpoints}>
        {t(stops ? "menu.breakpointOff" : "menu.breakpoint")}
      </ContextMenuItem>
      {pinned && (
        <ContextMenuItem icon={<PinOff size={SIZE} />} onSelect={() => marks.unpin(path, id)}>
          {t("menu.unpin")}
        </ContextMenuItem>
      )}
      {!pinned && output !== undefined && (
        <ContextMenuItem
          icon={<PinIcon size={SIZE} />}
          onSelect={() => marks.pin(path, id, { output, ...(step?.port !== undefined && { port: step.port }) })}
        >
          {t("menu.pin")}
        </ContextMenuItem>
      )}
      <ContextMenuSeparator />
      {!shape.handlesFailure && (
        <ContextMenuItem
          icon={<TriangleAlert size={SIZE} />}
          disabled={!editable}
          onSelect={soon(() => openQuickAddAt(id, ERROR_PORT))}
        >
          {t("menu.failWith")}
        </ContextMenuItem>
      )}
      {shape.hasInput && (
        <ContextMenuItem
          icon={<CornerUpLeft size={SIZE} />}
          disabled={!editable}
          onSelect={soon(() => openQuickAddAt(id, UNDO_PORT))}
        >
          {t("menu.undoWith")}
        </ContextMenuItem>
      )}
      <ContextMenuSeparator />
    </>
  );
}

export function RemoveItem({ editable }: { editable: boolean }) {
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
