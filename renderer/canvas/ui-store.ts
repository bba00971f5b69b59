import type { ReactFlowInstance } from "@xyflow/react";
import { create } from "zustand";
import type { Edge, Position } from "../../engine/flow/index.ts";
import type { LooseEnd } from "./edit/add-node.ts";
import type { CanvasEdge, CanvasNode } from "./graph/to-graph.ts";

/** A list of steps to add, open at a place of the screen. */
export interface QuickAdd {
  screen: { x: number; y: number };
  /** Where the card goes, in canvas pixels. */
  at: Position;
  /** The container whose body it joins. */
  parent?: string;
  end?: LooseEnd;
  edge?: Edge;
}

/** A step on its way from the palette. */
export interface PaletteDrag {
  type: string;
  x: number;
  y: number;
}

/** What the canvas shows for a moment and forgets. */
interface CanvasUi {
  instance: ReactFlowInstance<CanvasNode, CanvasEdge> | null;
  editing: { node: string; part: "title" | "key" | "note" } | null;
  quickAdd: QuickAdd | null;
  drag: PaletteDrag | null;
  /** The edge that would take in what is being dragged. */
  dropEdge: string | null;
  /** The cards that are being dragged. */
  dragged: readonly string[];
  /** The container that would take in what is being dragged; "" when it would leave every container; null when it stays in its body. */
  dropBody: string | null;
  /** `auto`: only while a card is out of sight. */
  minimap: "auto" | "shown" | "hidden";
  set(change: Partial<Omit<CanvasUi, "set">>): void;
}

export const useCanvasUi = create<CanvasUi>((set) => ({
  instance: null,
  editing: null,
  quickAdd: null,
  drag: null,
  dropEdge: null,
  dragged: [],
  dropBody: null,
  minimap: "auto",
  set: (change) => set(change),
}));
