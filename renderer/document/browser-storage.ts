import { createJSONStorage, type StateStorage } from "zustand/middleware";

/** Storage of the browser that may be full or forbidden: what can't be kept there lasts as long as the window. */
const forgiving: StateStorage = {
  getItem: (name) => attempt(() => localStorage.getItem(name)),
  setItem: (name, value) => void attempt(() => localStorage.setItem(name, value)),
  removeItem: (name) => void attempt(() => localStorage.removeItem(name)),
};

function attempt<T>(action: () => T): T | null {
  try {
    return action();
  } catch {
    return null;
  }
}

/** Where stores keep how a person looks at things: in this browser, never in a file. */
export const browserStorage = createJSONStorage<unknown>(() => forgiving);
