import { create } from "zustand";

export type InspectorTab = "setup" | "input" | "output" | "docs";

/** What the person looks at: never part of the file. */
export interface SelectionState {
  /** Keys of the selected nodes, in the order they were selected. */
  nodes: readonly string[];
  /** Ids of the selected edges and bindings. */
  edges: readonly string[];
  tab: InspectorTab;
  /** A field that was asked for: the inspector scrolls there and focuses it. */
  field: { node: string; path: string; turn: number } | null;
  /** A line of the flow's text that was asked for. */
  line: { line: number; column: number } | null;
  select(nodes: readonly string[], edges?: readonly string[]): void;
  clear(): void;
  showTab(tab: InspectorTab): void;
  /** Selects a node and goes to a field of its form. */
  goTo(node: string, path?: string): void;
  /** Goes to a line of the flow's text, once the code is open. */
  goToLine(line: number, column?: number): void;
}

const same = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((key, i) => key === b[i]);

export const useSelection = create<SelectionState>((set) => ({
  nodes: [],
  edges: [],
  tab: "setup",
  field: null,
  line: null,
  select: (nodes, edges = []) =>
    set((state) => (same(state.nodes, nodes) && same(state.edges, edges) ? state : { nodes, edges, field: null })),
  clear: () => set({ nodes: [], edges: [], field: null }),
  showTab: (tab) => set({ tab }),
  goTo: (node, path) =>
    set((state) => ({
      nodes: [node],
      edges: [],
      tab: "setup",
      field: path === undefined ? null : { node, path, turn: (state.field?.turn ?? 0) + 1 },
    })),
  goToLine: (line, column = 1) => set({ line: { line, column } }),
}));
