import "@xyflow/react/dist/base.css";
import "./canvas.css";
import {
  Background,
  BackgroundVariant,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useOnViewportChange,
  useStore,
  type EdgeTypes,
  type NodeTypes,
} from "@xyflow/react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useDocument } from "../document/store.ts";
import { useSelection } from "../selection/store.ts";
import { connect, endWire, isValidWire } from "./act/connect-actions.ts";
import { canvasPoint, places } from "./act/geometry.ts";
import { dragCard, dropCards } from "./act/drag-nodes.ts";
import { pressKey } from "./act/keyboard.ts";
import { MIN_ZOOM, view } from "./act/view.ts";
import { CanvasMenu } from "./canvas-menu.tsx";
import { Controls, Map } from "./controls.tsx";
import { detailAt, DetailContext } from "./detail.ts";
import { FlowEdge } from "./edge/flow-edge.tsx";
import { useHover } from "./edge/hover.ts";
import { BindingEdge, LineageEdge } from "./edge/other-edges.tsx";
import { EmptyCanvas } from "./empty-canvas.tsx";
import { cardUnder, frameAt } from "./graph/frames.ts";
import { GRID } from "./graph/place.ts";
import type { CanvasEdge, CanvasNode } from "./graph/to-graph.ts";
import { Guides } from "./guides.tsx";
import { MANY } from "./many.ts";
import { Card } from "./node/card.tsx";
import { Frame } from "./node/frame.tsx";
import { NoteCard } from "./node/note-card.tsx";
import { Overview } from "./overview.tsx";
import { QuickAdd } from "./quick-add/quick-add.tsx";
import { useCanvasUi } from "./ui-store.ts";
import { useClipboard } from "./use-clipboard.ts";
import { usePrunedSelection } from "./use-pruned-selection.ts";
import { useGraph } from "./use-graph.ts";
import { useMeasuredWires } from "./use-measured-wires.ts";
import { useModifiers } from "./use-modifiers.ts";
import { useKeysFromNowhere } from "./use-keys-from-nowhere.ts";
import { rememberView, useFirstView, useWholeKept } from "./use-view.ts";

const NODE_TYPES: NodeTypes = { card: Card, note: NoteCard, frame: Frame };
const EDGE_TYPES: EdgeTypes = { flow: FlowEdge, binding: BindingEdge, lineage: LineageEdge };
const NO_NODES: CanvasNode[] = [];
const NO_EDGES: CanvasEdge[] = [];
const SNAP: [number, number] = [GRID, GRID];

/** From the overview of a large flow to the card that was clicked. */
function goNear(x: number, y: number): void {
  const key = cardUnder(places(), canvasPoint(x, y));
  useSelection.getState().select(key === undefined ? [] : [key]);
  if (key !== undefined) view.fit([key]);
}

/** The ground of a frame stands for its container; the canvas beneath for nothing. */
function pressGround(x: number, y: number): void {
  const frame = frameAt(places(), canvasPoint(x, y));
  useSelection.getState().select(frame === undefined ? [] : [frame]);
}

function addAt(x: number, y: number): void {
  const at = canvasPoint(x, y);
  useCanvasUi.getState().set({ quickAdd: { screen: { x, y }, at, parent: frameAt(places(), at) } });
}

/** The flow as a drawing: everything on it can be moved, joined and edited in place. */
export function Canvas() {
  return (
    <ReactFlowProvider>
      <Surface />
    </ReactFlowProvider>
  );
}

function Surface() {
  const { t } = useTranslation("canvas");
  const surface = useRef<HTMLDivElement>(null);
  const graph = useGraph();
  const editable = useDocument((state) => state.editable);
  const single = useSelection((state) => state.nodes.length === 1);
  const { shift } = useModifiers();
  const detail = useStore((state) => detailAt(state.transform[2]));
  const far = detail === "block" && graph.nodes.length > MANY;
  useMeasuredWires(detail === "full");
  useClipboard(surface);
  useFirstView();
  useWholeKept();
  useKeysFromNowhere();
  usePrunedSelection();
  useOnViewportChange({ onEnd: rememberView });
  useEffect(() => () => useCanvasUi.getState().set({ instance: null, quickAdd: null }), []);

  return (
    <CanvasMenu>
      <div
        ref={surface}
        role="region"
        aria-label={t("name")}
        tabIndex={-1}
        data-detail={detail}
        data-single={single || undefined}
        className="canvas relative size-full outline-none"
        onKeyDown={(event) => {
          if (event.defaultPrevented || !pressKey(event.nativeEvent)) return;
          event.preventDefault();
          event.stopPropagation();
        }}
        onPointerDown={(event) => {
          const target = event.target as HTMLElement;
          if (!target.closest("input, textarea, button, [tabindex='0']"))
            surface.current?.focus({ preventScroll: true });
        }}
      >
        <DetailContext value={detail}>
          <ReactFlow<CanvasNode, CanvasEdge>
            nodes={far ? NO_NODES : graph.nodes}
            edges={far ? NO_EDGES : graph.edges}
            nodeTypes={NODE_TYPES}
            edgeTypes={EDGE_TYPES}
            onInit={(instance) => useCanvasUi.getState().set({ instance })}
            onNodesChange={graph.onNodesChange}
            onEdgesChange={graph.onEdgesChange}
            onConnect={connect}
            onConnectEnd={endWire}
            isValidConnection={isValidWire}
            onNodeDrag={(event, _node, nodes) => "clientX" in event && dragCard(nodes, event.clientX, event.clientY)}
            onNodeDragStop={(_event, _node, nodes) => {
              dropCards(nodes);
              graph.settle(nodes.map(({ id }) => id));
            }}
            onSelectionDragStop={(_event, nodes) => {
              dropCards(nodes);
              graph.settle(nodes.map(({ id }) => id));
            }}
            onEdgeMouseEnter={(_event, { id }) => useHover.getState().enter(id)}
            onEdgeMouseLeave={(_event, { id }) => useHover.getState().leave(id)}
            onPaneClick={({ clientX, clientY }) => (far ? goNear : pressGround)(clientX, clientY)}
            onDoubleClick={({ target, clientX: x, clientY: y }) =>
              editable && (target as HTMLElement).classList.contains("react-flow__pane") && addAt(x, y)
            }
            nodesDraggable={editable}
            nodesConnectable={editable}
            connectionRadius={24}
            snapToGrid
            snapGrid={SNAP}
            minZoom={MIN_ZOOM}
            maxZoom={2}
            panOnScroll
            zoomOnDoubleClick={false}
            selectNodesOnDrag={false}
            multiSelectionKeyCode={null}
            selectionKeyCode={null}
            panActivationKeyCode={null}
            zoomActivationKeyCode={null}
            selectionOnDrag={shift}
            panOnDrag={!shift}
            selectionMode={SelectionMode.Partial}
            deleteKeyCode={null}
            disableKeyboardA11y
            onlyRenderVisibleElements={graph.nodes.length > MANY}
            elevateNodesOnSelect={false}
            proOptions={{ hideAttribution: true }}
          >
            <Background variant={BackgroundVariant.Dots} gap={20} size={2} color="var(--dot)" />
            <Guides />
            {far && <Overview />}
            <Controls />
            <Map />
          </ReactFlow>
        </DetailContext>
        <EmptyCanvas />
        <QuickAdd />
      </div>
    </CanvasMenu>
  );
}
