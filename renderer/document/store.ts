import { useStore } from "zustand";
import { getRpc } from "../rpc/index.ts";
import { createDocument } from "./create-document.ts";
import { storageRecovery } from "./recovery.ts";
import type { DocumentState } from "./state.ts";

/** The one open document of this window. */
export const documentStore = createDocument({
  flows: () => getRpc().flows,
  recovery: storageRecovery(() => window.localStorage),
  now: () => Date.now(),
});

/** Reads the open document; with a narrow selector a component renders only when that part changes. */
export function useDocument<T>(select: (state: DocumentState) => T): T {
  return useStore(documentStore, select);
}
useDocument.getState = documentStore.getState;
useDocument.subscribe = documentStore.subscribe;

/** Writes at once when the window loses focus or goes away. Returns its undoing. */
export function flushOnLeave(): () => void {
  const flush = () => void documentStore.getState().flush();
  const flushHidden = () => document.visibilityState === "hidden" && flush();
  window.addEventListener("blur", flush);
  window.addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", flushHidden);
  return () => {
    window.removeEventListener("blur", flush);
    window.removeEventListener("pagehide", flush);
    document.removeEventListener("visibilitychange", flushHidden);
  };
}
