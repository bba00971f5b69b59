import { useStore } from "zustand";
import type { NodeType } from "../../engine/rpc/contract.ts";
import { getRpc, QUERY, queryClient } from "../rpc/index.ts";
import { createDocument } from "./create-document.ts";
import { knownSites } from "./known-sites.ts";
import { storageRecovery } from "./recovery.ts";
import type { DocumentState } from "./state.ts";

/** The one open document of this window. */
export const documentStore = createDocument({
  flows: () => getRpc().flows,
  recovery: storageRecovery(() => window.localStorage),
  now: () => Date.now(),
  sites: () => knownSites(queryClient.getQueryData<readonly NodeType[]>(QUERY.catalog)),
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
