import { CopyPlus, Power, Spline, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { duplicateSelection, removeSelection, toggleDisabled } from "../canvas/act/selection-actions.ts";
import { connectSelected } from "../canvas/act/connect-actions.ts";
import { useNode } from "../canvas/node/use-node.ts";
import { useDocument } from "../document/store.ts";
import { useSelection } from "../selection/store.ts";
import { Button, NodeChip, ScrollArea } from "../ui/index.ts";

/** Several steps at once: which they are, and what can be done to all of them. */
export function MultiInspector() {
  const { t } = useTranslation("inspector");
  const nodes = useSelection((state) => state.nodes);
  const editable = useDocument((state) => state.editable);
  return (
    <div className="flex h-full flex-col gap-3 py-3.5">
      <h2 className="px-3.5 text-14 font-semibold">{t("multi.name", { count: nodes.length })}</h2>
      <div className="flex flex-wrap gap-1.5 px-3.5">
        {nodes.length === 2 && (
          <Button size="sm" icon={<Spline size={13} aria-hidden />} disabled={!editable} onClick={connectSelected}>
            {t("multi.connect")}
          </Button>
        )}
        <Button size="sm" icon={<CopyPlus size={13} aria-hidden />} disabled={!editable} onClick={duplicateSelection}>
          {t("multi.duplicate")}
        </Button>
        <Button size="sm" icon={<Power size={13} aria-hidden />} disabled={!editable} onClick={toggleDisabled}>
          {t("multi.toggle")}
        </Button>
        <Button size="sm" icon={<Trash2 size={13} aria-hidden />} disabled={!editable} onClick={removeSelection}>
          {t("multi.delete")}
        </Button>
      </div>
      <ScrollArea className="min-h-0 flex-1" viewportClassName="px-3.5">
        {nodes.map((id) => (
          <Row key={id} id={id} />
        ))}
      </ScrollArea>
    </div>
  );
}

function Row({ id }: { id: string }) {
  const { family, icon, title } = useNode(id);
  return (
    <button
      type="button"
      className="flex h-8 w-full items-center gap-2 border-b border-line-2 text-left text-13 hover:text-accent"
      onClick={() => useSelection.getState().select([id])}
    >
      <NodeChip family={family} icon={icon} />
      <span className="truncate">{title}</span>
      <span className="ml-auto font-mono text-11 text-ink-3">{id}</span>
    </button>
  );
}
