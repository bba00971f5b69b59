import { createPortal } from "react-dom";
import { useCatalog } from "../../rpc/index.ts";
import { useText } from "../../i18n/index.ts";
import { NodeChip } from "../../ui/index.ts";
import { useCanvasUi } from "../ui-store.ts";

/** The step under the pointer on its way to the canvas. */
export function DragGhost() {
  const drag = useCanvasUi((ui) => ui.drag);
  const type = useCatalog().get(drag?.type ?? "");
  const text = useText();
  const zoom = useCanvasUi((ui) => ui.instance)?.getZoom() ?? 1;
  if (!drag || !type) return null;
  return createPortal(
    <div
      aria-hidden
      className="pointer-events-none fixed top-0 left-0 z-60 origin-top-left"
      style={{ transform: `translate(${drag.x - 120 * zoom}px, ${drag.y - 30 * zoom}px) scale(${zoom})` }}
    >
      <div className="flex w-60 items-center gap-2.25 rounded-card border border-accent bg-panel px-2.75 py-2.5 opacity-95 shadow-float">
        <NodeChip family={type.family} icon={type.icon} />
        <span className="truncate text-13 font-semibold">{text(type.title)}</span>
      </div>
    </div>,
    document.body,
  );
}
