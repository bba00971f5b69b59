import { useEffect } from "react";
import { useDocument } from "../document/store.ts";
import { QUERY, refresh, useFlowChange, useFlows } from "../rpc/index.ts";

/** Keeps the list of flows right: after a file changed on disk, and after the open flow was saved under another title. */
export function useFreshFlowList(): void {
  const change = useFlowChange();
  useEffect(() => {
    if (change) void refresh(QUERY.flows);
  }, [change]);
  const flows = useFlows().data;
  const name = useDocument((state) => state.name);
  const title = useDocument((state) => state.flow.name);
  const saved = useDocument((state) => state.savedState === "saved");
  const listed = flows?.find((flow) => flow.name === name)?.title;
  useEffect(() => {
    if (saved && listed !== undefined && listed !== title) void refresh(QUERY.flows);
  }, [saved, listed, title]);
}

/** Names the browser's tab after the open flow. */
export function useWindowTitle(): void {
  const title = useDocument((state) => (state.name ? state.flow.name : null));
  useEffect(() => {
    document.title = title ? `${title} · Heddle` : "Heddle";
  }, [title]);
}
