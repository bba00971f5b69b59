import { isScalar, type Node, type Pair } from "yaml";
import type { JsonObject, JsonValue } from "../../lib/json.ts";
import { closed, endOfNode, lineStart } from "./extent.ts";
import { renderFlow, renderItem } from "./render.ts";
import { isSame } from "./same.ts";
import type { Splices } from "./splices.ts";
import { startOf, type TextStyle } from "./style.ts";

/** What every writer of differences is given. */
export interface SyncContext {
  text: string;
  style: TextStyle;
  splices: Splices;
  /**
   * Where both values are collections of the same kind, writes only the parts that differ. False where the value must be written anew.
   */
  inside(
    context: SyncContext,
    node: Node | null | undefined,
    change: { before: JsonValue | undefined; after: JsonValue },
  ): boolean;
}

/** A list in the text: for each of its values, the items that say it (more than one where it is repeated). */
export interface ListItem {
  value: JsonValue;
  nodes: Node[];
}

export type YamlPair = Pair<unknown, Node | null>;

export const columnOf = (text: string, offset: number): number => offset - lineStart(text, offset);

/** Writes the difference between two values into the text of a value that stands in braces or after a dash. */
export function syncNode(
  context: SyncContext,
  node: Node,
  change: { before: JsonValue; after: JsonValue; inFlow: boolean },
): void {
  const { before, after, inFlow } = change;
  if (isSame(before, after) || context.inside(context, node, { before, after })) return;
  const written = isScalar(node) ? node.type : undefined;
  const text = inFlow
    ? renderFlow(after, context.style, written as never)
    : renderItem(after, columnOf(context.text, startOf(node)) - 2, context.style).slice("- ".length);
  const end = endOfNode(context.text, node);
  context.splices.replace(node.range![0], end, closed(context.text, end, text, context.style.eol));
}

/** May take over the writing of a key's value. `former` is the key before the change. */
export type SyncChild = (context: SyncContext, pair: YamlPair, key: { name: string; former: string }) => boolean;

export interface MapChange {
  before: JsonObject;
  after: JsonObject;
  child?: SyncChild;
  /** Keys whose values, when they are new, never stand on one line. */
  inLines?: ReadonlySet<string>;
}
