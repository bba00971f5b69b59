import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useShallow } from "zustand/shallow";
import { ERROR_PORT, UNDO_PORT } from "../../../../engine/flow/index.ts";
import { openQuickAddAt } from "../../../canvas/act/quick-add.ts";
import { useNode } from "../../../canvas/node/use-node.ts";
import { edit } from "../../../document/edits.ts";
import { useDocument } from "../../../document/store.ts";
import { useSelection } from "../../../selection/store.ts";
import { Button, Field, IconButton, NodeChip } from "../../../ui/index.ts";
import { useReadOnly } from "../../form/form-context.tsx";

/** Where a step leads when it failed for good, and what undoes it when the run fails later. */
export function AsideWays({ id }: { id: string }) {
  const { t } = useTranslation("inspector");
  const { shape } = useNode(id);
  return (
    <>
      {!shape?.handlesFailure && (
        <Way id={id} port={ERROR_PORT} label={t("fails.branch")} help={t("fails.branchHelp")} />
      )}
      {shape?.hasInput && <Way id={id} port={UNDO_PORT} label={t("fails.undo")} help={t("fails.undoHelp")} />}
    </>
  );
}

interface WayProps {
  id: string;
  port: string;
  label: string;
  help: string;
}

function Way({ id, port, label, help }: WayProps) {
  const { t } = useTranslation("inspector");
  const readOnly = useReadOnly();
  const targets = useDocument(
    useShallow(({ flow }) => flow.edges.filter((edge) => edge.from === id && edge.port === port).map(({ to }) => to)),
  );
  return (
    <Field label={label} help={help} group>
      {targets.map((to) => (
        <Target key={to} edge={{ from: id, port, to }} />
      ))}
      <Button
        size="sm"
        variant="ghost"
        className="self-start"
        icon={<Plus size={12} aria-hidden />}
        disabled={readOnly}
        onClick={() => openQuickAddAt(id, port)}
      >
        {t("fails.addWay")}
      </Button>
    </Field>
  );
}

function Target({ edge }: { edge: { from: string; port: string; to: string } }) {
  const { t } = useTranslation("inspector");
  const { family, icon, title } = useNode(edge.to);
  return (
    <div className="flex h-7.5 items-center gap-2 border-b border-line-2 text-12 last-of-type:border-0">
      <NodeChip family={family} icon={icon} size="xs" />
      <button
        type="button"
        className="min-w-0 flex-1 truncate text-left hover:text-accent"
        onClick={() => useSelection.getState().select([edge.to])}
      >
        {title}
      </button>
      <IconButton
        label={t("fails.removeWay", { name: title })}
        size="sm"
        disabled={useReadOnly()}
        onClick={() => edit({ do: "edge.disconnect", edge })}
      >
        <X size={13} aria-hidden />
      </IconButton>
    </div>
  );
}
