import { memo } from "react";
import { useTranslation } from "react-i18next";
import { cn, NodeChip } from "../../ui/index.ts";
import { configure, renameKey } from "../../document/edits.ts";
import { useCanvasUi } from "../ui-store.ts";
import { InlineEdit } from "./inline-edit.tsx";
import { CardStatus } from "./card-status.tsx";
import { ProblemBadge } from "./problem-badge.tsx";
import type { NodeFacts } from "./use-node.ts";

/** Icon, title and key of a card, and at the right how it is doing. */
export const CardHeader = memo(function CardHeader({ id, facts }: { id: string; facts: NodeFacts }) {
  const { t } = useTranslation("canvas");
  const editing = useCanvasUi((ui) => (ui.editing?.node === id ? ui.editing.part : null));
  const stop = () => useCanvasUi.getState().set({ editing: null });
  return (
    <div className="flex items-start gap-2.25 px-2.75 pt-2.5 pb-1.5">
      <NodeChip family={facts.family} icon={facts.icon} />
      <div className="min-w-0 flex-1">
        {editing === "title" ? (
          <InlineEdit
            value={facts.title}
            label={t("node.title")}
            className="leading-4.5 font-semibold"
            onDone={(text) => {
              stop();
              if (text !== null && text.trim() !== facts.title) configure(id, ["title"], text.trim() || undefined);
            }}
          />
        ) : (
          <div
            data-part="title"
            className="truncate text-13 leading-4.5 font-semibold text-ink"
            onDoubleClick={(event) => {
              event.stopPropagation();
              useCanvasUi.getState().set({ editing: { node: id, part: "title" } });
            }}
          >
            {facts.title}
          </div>
        )}
        {editing === "key" ? (
          <InlineEdit
            value={id}
            label={t("node.key")}
            className="font-mono text-11"
            onDone={(text) => {
              stop();
              if (text !== null && text.trim() !== id) renameKey(id, text.trim());
            }}
          />
        ) : (
          <div className={cn("truncate font-mono text-11 leading-4 text-ink-3")}>{id}</div>
        )}
      </div>
      <CardStatus id={id} facts={facts} />
      <ProblemBadge id={id} />
    </div>
  );
});
