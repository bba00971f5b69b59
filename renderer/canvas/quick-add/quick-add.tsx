import { Command } from "cmdk";
import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { NodeType } from "../../../engine/rpc/contract.ts";
import { useShapes } from "../../document/shapes.ts";
import { useLanguage, useText } from "../../i18n/index.ts";
import { useNodeTypes } from "../../rpc/index.ts";
import { cn, NodeChip } from "../../ui/index.ts";
import { addStep } from "../act/add.ts";
import { canBeInBody, canInsert, fits } from "../edit/add-node.ts";
import { CARD_WIDTH } from "../graph/place.ts";
import { findTypes } from "../palette/find-types.ts";
import { useCanvasUi, type QuickAdd as Request } from "../ui-store.ts";

const SIZE = { width: 264, height: 340 };

/** The list of steps where a wire was let go, or where it was asked for: type, choose, and the step stands there, joined. */
export function QuickAdd() {
  const request = useCanvasUi((ui) => ui.quickAdd);
  return request && <List key={`${request.screen.x} ${request.screen.y}`} request={request} />;
}

function List({ request }: { request: Request }) {
  const { t } = useTranslation("canvas");
  const box = useRef<HTMLDivElement>(null);
  const shapes = useShapes();
  const language = useLanguage();
  const [typed, setTyped] = useState("");
  const types = useNodeTypes().filter((type) => accepts(request, type, shapes));
  const groups = findTypes(types, typed, language);
  const close = () => {
    useCanvasUi.getState().set({ quickAdd: null });
    document.querySelector<HTMLElement>(".canvas")?.focus({ preventScroll: true });
  };
  useEffect(() => {
    const onPress = (event: PointerEvent) => !box.current?.contains(event.target as Node) && close();
    document.addEventListener("pointerdown", onPress, true);
    return () => document.removeEventListener("pointerdown", onPress, true);
  }, []);
  const choose = (type: string) => {
    close();
    addStep(type, { at: placeOf(request), parent: request.parent, end: request.end, edge: request.edge });
  };
  return (
    <div
      ref={box}
      role="dialog"
      aria-label={t("quickAdd.name")}
      className="fixed z-50 flex animate-pop flex-col overflow-hidden rounded-[8px] border border-line bg-raised shadow-float"
      style={{ ...SIZE, height: undefined, maxHeight: SIZE.height, ...onScreen(request.screen) }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Escape") close();
      }}
    >
      <Command loop shouldFilter={false} label={t("quickAdd.name")} className="flex min-h-0 flex-col">
        <div className="flex shrink-0 items-center gap-2 border-b border-line px-2.5 text-ink-3">
          <Search size={14} aria-hidden />
          <Command.Input
            autoFocus
            value={typed}
            onValueChange={setTyped}
            placeholder={t("palette.search")}
            aria-label={t("palette.search")}
            className="h-9 min-w-0 flex-1 bg-transparent text-13 text-ink outline-none"
          />
        </div>
        <Command.List className="min-h-0 overflow-y-auto p-1">
          <Command.Empty className="px-2 py-3 text-12 text-ink-3">{t("quickAdd.nothing")}</Command.Empty>
          {groups.map(({ family, types: members }) => (
            <Command.Group key={family} heading={t(`family.${family}`)} className={GROUP}>
              {members.map((type) => (
                <Item key={type.type} type={type} onChoose={choose} />
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </div>
  );
}

const GROUP =
  "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-1.5 [&_[cmdk-group-heading]]:pb-0.5 [&_[cmdk-group-heading]]:text-11 [&_[cmdk-group-heading]]:font-semibold [&_[cmdk-group-heading]]:text-ink-3";

function Item({ type, onChoose }: { type: NodeType; onChoose: (type: string) => void }) {
  const text = useText();
  return (
    <Command.Item
      value={type.type}
      onSelect={onChoose}
      className={cn(
        "flex h-7.5 cursor-default items-center gap-2.25 rounded-control px-2 text-13 select-none data-[selected=true]:bg-hover",
      )}
    >
      <NodeChip family={type.family} icon={type.icon} />
      <span className="truncate">{text(type.title)}</span>
    </Command.Item>
  );
}

function accepts({ end, edge, parent }: Request, type: NodeType, shapes: ReturnType<typeof useShapes>): boolean {
  const shape = shapes[type.type];
  if (!shape || (parent !== undefined && !canBeInBody(shape))) return false;
  if (edge) return canInsert(shape);
  return end ? fits({ type, shape }, end) : true;
}

/** The card comes to stand with its end of the wire at the point where the wire was let go. */
function placeOf({ at: [x, y], end }: Request): [number, number] {
  switch (end?.handle.kind) {
    case "in":
      return [x - CARD_WIDTH, y - 30];
    case "slot":
      return [x - CARD_WIDTH / 2, y];
    case "provides":
      return [x - CARD_WIDTH / 2, y - 160];
    default:
      return [x, y];
  }
}

function onScreen({ x, y }: { x: number; y: number }): { left: number; top: number } {
  return {
    left: Math.max(8, Math.min(x, window.innerWidth - SIZE.width - 8)),
    top: Math.max(8, Math.min(y, window.innerHeight - SIZE.height - 8)),
  };
}
