import { HeddleError } from "../lib/errors/error.ts";
import type { JsonObject } from "../lib/json.ts";
import { readFlow, type FlowSource } from "./read.ts";
import type { Flow } from "./schema.ts";
import { sideOf, syncLevel, topJson } from "./write-level.ts";
import { freshText } from "./text/fresh.ts";
import { isSame } from "./text/same.ts";
import { styleOf } from "./text/style.ts";
import { syncPair } from "./text/sync-block.ts";
import type { SyncContext, YamlPair } from "./text/sync-context.ts";
import { syncContext } from "./text/sync.ts";
import { keyText } from "./text/yaml-json.ts";

/**
 * The source's text with the flow's changes in it. What didn't change keeps its bytes: comments, quotes, order, unknown keys. A change
 * of one thing changes its lines only.
 * @throws HeddleError `flow.read-only` for a change to a file of a newer version or one with syntax errors.
 */
export function writeFlow(source: FlowSource, flow: Flow): string {
  return rewriteFlow(source, flow).text;
}

/** As writeFlow, but gives the new text read: what the next edit starts from. */
export function rewriteFlow(source: FlowSource, flow: Flow): FlowSource {
  if (isSameFlow(source.flow, flow)) return source;
  const { document } = source;
  if (source.readOnly || document.problems.length > 0 || !document.root) throw new HeddleError("flow.read-only");
  // Anchors, tags and the like can make a part mean more than its own text: then whole sections are written, at last the whole file.
  for (const finely of [true, false]) {
    const written = readFlow(spliced(source, flow, finely), source);
    if (isSameFlow(written.flow, flow)) return written;
  }
  return readFlow(freshText(flow));
}

/** Whether two flows would be written alike. */
export function isSameFlow(a: Flow, b: Flow): boolean {
  return a === b || isSame(topJson(sideOf(a)), topJson(sideOf(b)));
}

function spliced({ document, flow: before, substitutes }: FlowSource, after: Flow, finely: boolean): string {
  const context = syncContext(document.text, styleOf(document));
  const sides = { before: sideOf(before, substitutes), after: sideOf(after) };
  const root = document.root!;
  if (finely) syncLevel(context, root, sides);
  else syncWhole(context, root.items as YamlPair[], { before: topJson(sides.before), after: topJson(sides.after) });
  return context.splices.apply(document.text);
}

/** Every section that differs, written anew. */
function syncWhole(
  context: SyncContext,
  pairs: readonly YamlPair[],
  { before, after }: { before: JsonObject; after: JsonObject },
): void {
  for (const pair of pairs) {
    const key = keyText(pair);
    if (Object.hasOwn(after, key) && !isSame(before[key], after[key])) syncPair(context, pair, undefined, after[key]!);
  }
}
