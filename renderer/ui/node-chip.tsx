import { createElement } from "react";
import type { Family } from "../../engine/node/define.ts";
import { cn } from "./cn.ts";
import { nodeIcon } from "./icons.ts";

const HUES: Record<Family, string> = {
  models: "bg-family-models",
  agents: "bg-family-agents",
  logic: "bg-family-logic",
  data: "bg-family-data",
  knowledge: "bg-family-knowledge",
  tools: "bg-family-tools",
  people: "bg-family-people",
  io: "bg-family-io",
};

const SIZES = {
  xs: { box: "size-4 rounded-small", icon: 10 },
  sm: { box: "size-5 rounded-control", icon: 12 },
  md: { box: "size-6.5 rounded-[7px]", icon: 15 },
};

export interface NodeChipProps {
  family: Family;
  /** lucide name, kebab-case */
  icon: string;
  size?: keyof typeof SIZES;
}

/** The mark of a node type: its icon on its family's hue. Decoration: the name stands beside it. */
export function NodeChip({ family, icon, size = "sm" }: NodeChipProps) {
  const { box, icon: pixels } = SIZES[size];
  return (
    <span aria-hidden className={cn("grid shrink-0 place-items-center text-on-family", box, HUES[family])}>
      {createElement(nodeIcon(icon), { size: pixels, strokeWidth: 2.25 })}
    </span>
  );
}

/** The family's hue as a CSS colour, for bars, ports and edges. */
export const familyColor = (family: Family): string => `var(--family-${family})`;
