import { BaseEdge, EdgeLabelRenderer, getBezierPath, Position, type EdgeProps } from "@xyflow/react";
import { Plus, X } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { ERROR_PORT, UNDO_PORT } from "../../../engine/flow/index.ts";
import { edit } from "../../document/edits.ts";
import { useSelection } from "../../selection/store.ts";
import { cn } from "../../ui/index.ts";
import { readHandle } from "../graph/handles.ts";
import type { CanvasEdge } from "../graph/to-graph.ts";
import { edgeRun, useFlowRun, useStepPath } from "../node/run-state.ts";
import { useCanvasUi } from "../ui-store.ts";
import { useHover } from "./hover.ts";
import { wirePath } from "./wire-path.ts";

/** "Then": a curve that brightens when it was taken and dashes when it can't be any more. */
export const FlowEdge = memo(function FlowEdge(props: EdgeProps<CanvasEdge>) {
  // A wire out of the bottom edge (a step that failed) falls before it turns.
  const [path, x, y] = props.sourcePosition === Position.Bottom ? getBezierPath(props) : wirePath(props);
  const handle = readHandle(props.sourceHandleId);
  const port = handle?.kind === "port" ? handle.port : "out";
  const from = useStepPath(props.source);
  const to = useStepPath(props.target);
  const run = useFlowRun((view) => edgeRun(view, from, port, to)) ?? "idle";
  const cut = useCanvasUi(
    ({ dropBody, dragged }) => dropBody !== null && dragged.includes(props.source) !== dragged.includes(props.target),
  );
  const target = useCanvasUi((ui) => ui.dropEdge === props.id);
  const alone = useSelection(
    (state) => props.selected === true && state.nodes.length === 0 && state.edges.length === 1,
  );
  const hovered = useHover((hover) => hover.edge === props.id);
  return (
    <>
      <BaseEdge
        id={props.id}
        path={path}
        interactionWidth={22}
        className={cn(
          "wire",
          run === "taken" && "wire-taken",
          run === "skipped" && "wire-skipped",
          port === ERROR_PORT && "wire-error",
          port === UNDO_PORT && "wire-undo",
          (props.selected || hovered) && "wire-lit",
          target && "wire-target",
          cut && "wire-cut",
        )}
      />
      {(hovered || alone || target) && (
        <EdgeTools id={props.id} edge={{ from: props.source, port, to: props.target }} x={x} y={y} />
      )}
    </>
  );
});

interface EdgeToolsProps {
  id: string;
  edge: { from: string; port: string; to: string };
  x: number;
  y: number;
}

const TOOL =
  "grid size-5 place-items-center rounded-full border border-line bg-raised text-ink-2 shadow-float transition-colors hover:border-accent hover:text-accent";

/** In the middle of a wire that is looked at: put a step in, or take the wire away. */
function EdgeTools({ id, edge, x, y }: EdgeToolsProps) {
  const { t } = useTranslation("canvas");
  return (
    <EdgeLabelRenderer>
      <div
        className="nodrag nopan pointer-events-auto absolute flex gap-1"
        style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
        onPointerEnter={() => useHover.getState().enter(id)}
        onPointerLeave={() => useHover.getState().leave(id)}
      >
        <button
          type="button"
          aria-label={t("edge.insert")}
          className={TOOL}
          onClick={({ clientX, clientY }) =>
            useCanvasUi
              .getState()
              .set({ quickAdd: { screen: { x: clientX, y: clientY }, at: [x - 120, y - 30], edge } })
          }
        >
          <Plus size={12} strokeWidth={2.5} aria-hidden />
        </button>
        <button
          type="button"
          aria-label={t("edge.remove")}
          className={TOOL}
          onClick={() => edit({ do: "edge.disconnect", edge })}
        >
          <X size={12} strokeWidth={2.5} aria-hidden />
        </button>
      </div>
    </EdgeLabelRenderer>
  );
}
