import { Blocks } from "lucide-react";
import { memo, useRef, type PointerEvent } from "react";
import type { NodeType } from "../../../engine/rpc/contract.ts";
import { useText } from "../../i18n/index.ts";
import { NodeChip, Tooltip } from "../../ui/index.ts";
import { addStep } from "../act/add.ts";
import { dragOver, drop, endDrag } from "./drag.ts";

/** Pixels that a press may wander before it is a drag. */
const SLOP = 4;

/** One step of the palette: click or Enter adds it, dragging puts it where it is dropped. */
export const PaletteItem = memo(function PaletteItem({ type, disabled }: { type: NodeType; disabled: boolean }) {
  const text = useText();
  const origin = type.origin?.name;
  const press = useRef<{ x: number; y: number; dragging: boolean } | null>(null);
  const dragged = useRef(false);

  const onPointerDown = (event: PointerEvent<HTMLButtonElement>) => {
    if (event.button !== 0) return;
    press.current = { x: event.clientX, y: event.clientY, dragging: false };
    dragged.current = false;
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = ({ clientX, clientY }: PointerEvent) => {
    const start = press.current;
    if (!start) return;
    if (!start.dragging && Math.hypot(clientX - start.x, clientY - start.y) < SLOP) return;
    start.dragging = dragged.current = true;
    dragOver(type.type, clientX, clientY);
  };
  const onPointerUp = ({ clientX, clientY }: PointerEvent) => {
    if (press.current?.dragging) drop(type.type, clientX, clientY);
    press.current = null;
  };
  const cancel = () => {
    press.current = null;
    endDrag();
  };

  return (
    <Tooltip
      content={
        origin === undefined ? text(type.description) : <Described text={text(type.description)} origin={origin} />
      }
      side="right"
    >
      <button
        type="button"
        disabled={disabled}
        data-type={type.type}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={cancel}
        onClick={() => !dragged.current && addStep(type.type)}
        className="flex h-7.5 w-full touch-none items-center gap-2.25 rounded-control px-1.5 text-left text-13 transition-colors select-none hover:bg-hover disabled:opacity-45"
      >
        <NodeChip family={type.family} icon={type.icon} />
        <span className="truncate">{text(type.title)}</span>
        {type.origin && <Blocks size={12} aria-hidden className="ml-auto shrink-0 text-ink-3" />}
      </button>
    </Tooltip>
  );
});

/** What a step of someone else does, and where it comes from. */
function Described({ text, origin }: { text: string; origin: string }) {
  return (
    <>
      {text} <span className="block font-mono text-11 opacity-70">{origin}</span>
    </>
  );
}
