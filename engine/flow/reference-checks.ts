import { checkReferences, type ReferenceCheck } from "./check-references.ts";
import type { NodeInfo } from "./node-info.ts";
import { isSameMeaning, meaningOf, type Meaning, type World } from "./scope.ts";

interface Known {
  key: string;
  meanings: readonly Meaning[];
  titles: readonly string[];
  check: ReferenceCheck;
}

/** Checks references, and remembers for each node what its names meant: while they mean the same, the result stays. */
export class ReferenceChecks {
  private readonly known = new WeakMap<NodeInfo, Known>();

  check(world: World, node: number, info: NodeInfo): ReferenceCheck {
    if (info.read.length === 0) return NOTHING;
    const key = world.graph.keys[node]!;
    const meanings = info.roots.map(({ within, name }) => meaningOf(world, { node, within }, name));
    const titles = meanings.flatMap(({ container }) => (container === undefined ? [] : [titleOf(world, container)]));
    const known = this.known.get(info);
    if (known && known.key === key && isSame(known, meanings, titles)) return known.check;
    const check = checkReferences(world, key, info);
    // A name that leads nowhere is compared with all others, and variables with all that set them: that is worked out anew each time.
    const depends = meanings.some(({ status }) => status === "unknown" || status === "variables");
    if (!depends) this.known.set(info, { key, meanings, titles, check });
    return check;
  }
}

const NOTHING: ReferenceCheck = { problems: [], uses: [] };

/** What a sentence about a container says of it. */
function titleOf(world: World, container: string): string {
  const fields = Object.keys(world.shapes.get(container)!.output.properties ?? {});
  return [world.flow.nodes[container]!.title ?? "", ...fields].join(" ");
}

function isSame(known: Known, meanings: readonly Meaning[], titles: readonly string[]): boolean {
  return isSameMeaning(known.meanings, meanings) && known.titles.every((title, index) => title === titles[index]);
}
