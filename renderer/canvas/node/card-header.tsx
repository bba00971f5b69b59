import { memo } from "react";
import { NodeChip } from "../../ui/index.ts";
import { CardKey, CardTitle } from "./card-title.tsx";
import { CardStatus } from "./card-status.tsx";
import { DebugBadges } from "./debug-badges.tsx";
import { ProblemBadge } from "./problem-badge.tsx";
import type { NodeFacts } from "./use-node.ts";

/** Icon, title and key of a card, and at the right how it is doing. */
export const CardHeader = memo(function CardHeader({ id, facts }: { id: string; facts: NodeFacts }) {
  return (
    <div className="flex items-start gap-2.25 px-2.75 pt-2.5 pb-1.5">
      <NodeChip family={facts.family} icon={facts.icon} />
      <div className="min-w-0 flex-1">
        <CardTitle id={id} title={facts.title} />
        <CardKey id={id} />
      </div>
      <CardStatus id={id} facts={facts} />
      <DebugBadges id={id} />
      <ProblemBadge id={id} />
    </div>
  );
});
