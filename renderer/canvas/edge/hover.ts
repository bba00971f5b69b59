import { create } from "zustand";

/** The wire under the pointer. Leaving waits a moment, so that the pointer can reach the buttons in its middle. */
interface Hover {
  edge: string | null;
  enter(edge: string): void;
  leave(edge: string): void;
}

const GRACE_MS = 250;
let timer: ReturnType<typeof setTimeout> | undefined;

export const useHover = create<Hover>((set, get) => ({
  edge: null,
  enter: (edge) => {
    clearTimeout(timer);
    set({ edge });
  },
  leave: (edge) => {
    clearTimeout(timer);
    timer = setTimeout(() => get().edge === edge && set({ edge: null }), GRACE_MS);
  },
}));
