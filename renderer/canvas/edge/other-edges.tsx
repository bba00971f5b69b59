import { BaseEdge, getBezierPath, getStraightPath, useInternalNode, type EdgeProps } from "@xyflow/react";
import { memo } from "react";
import { cn } from "../../ui/index.ts";
import type { CanvasEdge } from "../graph/to-graph.ts";

/** A binding: thin and dotted, from what is provided up to the step that uses it. */
export const BindingEdge = memo(function BindingEdge(props: EdgeProps<CanvasEdge>) {
  const [path] = getBezierPath(props);
  return (
    <BaseEdge
      id={props.id}
      path={path}
      interactionWidth={18}
      className={cn("wire-binding", props.selected && "wire-lit")}
    />
  );
});

/** Where a selected step's data comes from and goes to: a dotted line between the cards' middles. */
export const LineageEdge = memo(function LineageEdge({ id, source, target }: EdgeProps<CanvasEdge>) {
  const from = useInternalNode(source);
  const to = useInternalNode(target);
  if (!from?.measured.width || !to?.measured.width) return null;
  const middle = (node: typeof from) => ({
    x: node.internals.positionAbsolute.x + node.measured.width! / 2,
    y: node.internals.positionAbsolute.y + node.measured.height! / 2,
  });
  const [a, b] = [middle(from), middle(to)];
  const [path] = getStraightPath({ sourceX: a.x, sourceY: a.y, targetX: b.x, targetY: b.y });
  return <BaseEdge id={id} path={path} interactionWidth={0} className="wire-lineage" />;
});
