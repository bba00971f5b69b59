import { useEffect, useRef } from "react";
import type { Conversation } from "./conversation.ts";
import { TurnView } from "./turn-view.tsx";

/** What was said, the newest in sight. */
export function Transcript({ conversation }: { conversation: Conversation }) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    end.current?.scrollIntoView({ block: "end" });
  }, [conversation]);
  return (
    <div role="log" className="min-h-0 flex-1 overflow-y-auto px-4 py-3">
      <div className="mx-auto flex max-w-180 flex-col gap-4">
        {conversation.map((turn, index) => (
          <TurnView key={turn.runId ?? index} turn={turn} last={index === conversation.length - 1} />
        ))}
        <div ref={end} />
      </div>
    </div>
  );
}
