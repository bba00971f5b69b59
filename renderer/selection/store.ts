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
  select(nodes: readonly string[], edges?: readonly string[]): void;
  clear(): void;
  showTab(tab: InspectorTab): void;
  /** Selects a node and goes to a field of its form. */
  goTo(node: string, path?: string): void;
}

const same = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((key, i) => key === b[i]);

export const useSelection = create<SelectionState>((set) => ({
  nodes: [],
  edges: [],
  tab: "setup",
  field: null,
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
}));
