import { Pin } from "lucide-react";
import { useTranslation } from "react-i18next";
import { marksOf, useDebugMarks } from "../../document/debug-marks.ts";
import { useDocument } from "../../document/store.ts";
import { useSelection } from "../../selection/store.ts";
import { Tooltip } from "../../ui/index.ts";

/** Whether a developer pinned a step's result, or put a breakpoint before it. */
export function useNodeMarks(id: string): { pinned: boolean; stops: boolean } {
  const path = useDocument((state) => state.path);
  const pinned = useDebugMarks((marks) => id in marksOf(marks, path).pins);
  const stops = useDebugMarks((marks) => marksOf(marks, path).breakpoints.includes(id));
  return { pinned, stops };
}

/** On a card: that its result is pinned. A click goes to it. */
export function DebugBadges({ id }: { id: string }) {
  const { t } = useTranslation("canvas");
  const { pinned } = useNodeMarks(id);
  if (!pinned) return null;
  const open = () => {
    const { goTo, showTab } = useSelection.getState();
    goTo(id);
    showTab("output");
  };
  return (
    <Tooltip content={t("debug.pinned")} side="top">
      <button
        type="button"
        aria-label={t("debug.pinned")}
        className="nodrag -m-0.5 grid size-5 shrink-0 place-items-center rounded-full bg-info-soft text-info"
        onClick={open}
      >
        <Pin size={12} aria-hidden />
      </button>
    </Tooltip>
  );
}

/** A dot at the card's corner: runs wait here. A click takes it away. */
export function BreakpointDot({ id }: { id: string }) {
  const { t } = useTranslation("canvas");
  const { stops } = useNodeMarks(id);
  const path = useDocument((state) => state.path);
  if (!stops) return null;
  return (
    <button
      type="button"
      aria-label={t("debug.breakpoint")}
      title={t("debug.breakpoint")}
      className="nodrag breakpoint-dot"
      onClick={() => useDebugMarks.getState().toggleBreakpoint(path, id)}
    />
  );
}
