import { isMap, isSeq, type Node } from "yaml";
import { isJsonObject } from "../../lib/json.ts";
import { definedKeys } from "./same.ts";
import { Splices } from "./splices.ts";
import type { TextStyle } from "./style.ts";
import { syncMap, syncSeq } from "./sync-block.ts";
import type { SyncContext } from "./sync-context.ts";
import { syncFlowMap, syncFlowSeq } from "./sync-flow.ts";

/** Begins to write differences into a text. */
export const syncContext = (text: string, style: TextStyle): SyncContext => ({
  text,
  style,
  splices: new Splices(),
  inside: syncInside,
});

const syncInside: SyncContext["inside"] = (context, node, { before, after }) => {
  if (isMap(node) && isJsonObject(before) && isJsonObject(after)) {
    if (definedKeys(after).length === 0 || node.items.length === 0) return false;
    if (node.flow) syncFlowMap(context, node, { before, after });
    else syncMap(context, node, { before, after });
    return true;
  }
  if (!isSeq(node) || !Array.isArray(before) || !Array.isArray(after)) return false;
  if (after.length === 0 || node.items.length === 0) return false;
  const items = before.map((value, index) => ({ value, nodes: [node.items[index] as Node] }));
  if (node.flow) syncFlowSeq(context, node, items, after);
  else syncSeq(context, node, items, after);
  return true;
};
