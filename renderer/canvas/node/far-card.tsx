import { createElement } from "react";
import { nodeIcon } from "../../ui/index.ts";
import type { NodeFacts } from "./use-node.ts";

/** A card from afar: icon and title, large enough to read, or a block of its family's colour. */
export function FarCard({ facts, block }: { facts: NodeFacts; block: boolean }) {
  if (block) return <div className="absolute inset-0 rounded-card bg-(--hue) opacity-80" />;
  return (
    <div className="absolute inset-0 flex items-center gap-3 overflow-hidden px-4">
      <span className="grid size-11 shrink-0 place-items-center rounded-card bg-(--hue) text-on-family">
        {createElement(nodeIcon(facts.icon), { size: 26, strokeWidth: 2 })}
      </span>
      <span className="line-clamp-2 text-28 leading-8 font-semibold tracking-tight">{facts.title}</span>
    </div>
  );
}
