import type { FlowCommand } from "../../engine/flow/index.ts";
import type { JsonValue } from "../../engine/lib/json.ts";
import { currentLanguage } from "../i18n/index.ts";
import { errorText } from "../rpc/index.ts";
import { useSelection } from "../selection/store.ts";
import { notify } from "../ui/index.ts";
import { useDebugMarks } from "./debug-marks.ts";
import type { ApplyOptions } from "./state.ts";
import { documentStore } from "./store.ts";

/** Applies an edit that a person asked for; one that doesn't fit is explained. True when the flow took it. */
export function edit(command: FlowCommand, options?: ApplyOptions): boolean {
  try {
    documentStore.getState().apply(command, options);
    return true;
  } catch (error) {
    notify.failed(errorText(currentLanguage(), error));
    return false;
  }
}

/** Sets one place of a node, or takes it away where no value is given. */
export function configure(node: string, path: (string | number)[], value: JsonValue | undefined): boolean {
  return edit({ do: "node.configure", key: node, path, ...(value !== undefined && { value }) });
}

/** Gives a node another key, everywhere it is used; the selection goes along. */
export function renameKey(from: string, to: string): boolean {
  const { nodes, edges, select } = useSelection.getState();
  if (!edit({ do: "node.rename", from, to })) return false;
  useDebugMarks.getState().rename(documentStore.getState().path, from, to);
  select(
    nodes.map((key) => (key === from ? to : key)),
    edges,
  );
  return true;
}
