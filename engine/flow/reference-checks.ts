import { checkReferences, type ReferenceCheck } from "./check-references.ts";
import type { KnownNode } from "./known-node.ts";
import { isSameMeaning, NamesOfNode, type World } from "./scope.ts";

const NOTHING: ReferenceCheck = { problems: [], uses: [] };

/** Checks a node's references. While the names in them mean the same as the last time, the result stays. */
export function checkNodeReferences(world: World, node: number, known: KnownNode): ReferenceCheck {
  const { key, info, references: before } = known;
  if (info.read.length === 0) return NOTHING;
  const names = new NamesOfNode(world, node, info.roots);
  const titles: string[] = [];
  // A name that leads nowhere is compared with all others, and variables with all that set them: that is worked out anew each time.
  let stays = true;
  for (const { status, container } of names.meanings) {
    if (container !== undefined) titles.push(titleOf(world, container));
    if (status === "unknown" || status === "variables") stays = false;
  }
  const isSame =
    stays &&
    before !== undefined &&
    isSameMeaning(before.meanings, names.meanings) &&
    before.titles.every((title, index) => title === titles[index]);
  if (isSame) return before.check;
  const check = checkReferences(names, key, info);
  if (stays) known.references = { meanings: names.meanings, titles, check };
  return check;
}

/** What a sentence about a container says of it. */
function titleOf(world: World, container: string): string {
  const fields = Object.keys(world.shapes.get(container)!.output.properties ?? {});
  return [world.flow.nodes[container]!.title ?? "", ...fields].join(" ");
}
