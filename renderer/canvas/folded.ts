import { create } from "zustand";
import { persist } from "zustand/middleware";
import { browserStorage } from "../document/browser-storage.ts";
import { useDocument } from "../document/store.ts";

/** Which containers show only their title: how someone looks at a flow, so kept in this browser and not in the file. */
interface Folded {
  /** By the flow file's path. */
  flows: Readonly<Record<string, readonly string[]>>;
  toggle(path: string, key: string): void;
}

const NONE: readonly string[] = [];

const useFolded = create<Folded>()(
  persist(
    (set) => ({
      flows: {},
      toggle: (path, key) =>
        set(({ flows }) => {
          const now = flows[path] ?? NONE;
          return { flows: { ...flows, [path]: now.includes(key) ? now.filter((one) => one !== key) : [...now, key] } };
        }),
    }),
    { name: "heddle.folded", version: 1, storage: browserStorage },
  ),
);

/** The folded containers of the open flow. */
export function useFoldedKeys(): readonly string[] {
  const path = useDocument((state) => state.path);
  return useFolded((state) => state.flows[path] ?? NONE);
}

export const foldedKeys = (): readonly string[] => useFolded.getState().flows[useDocument.getState().path] ?? NONE;

/** Folds a container of the open flow, or unfolds it. */
export const toggleFolded = (key: string): void => useFolded.getState().toggle(useDocument.getState().path, key);
