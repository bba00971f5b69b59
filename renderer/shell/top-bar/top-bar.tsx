import { CodeXml, Command, Redo2, Rocket, Undo2 } from "lucide-react";
import type { Project } from "../../../engine/rpc/contract.ts";
import type { EditLabel } from "../../document/edit-label.ts";
import { useDocument } from "../../document/store.ts";
import { useTranslation } from "../../i18n/index.ts";
import { Button, IconButton, keyLabel } from "../../ui/index.ts";
import { Logo } from "../logo.tsx";
import { useShell } from "../store.ts";
import { FlowSwitcher } from "./flow-switcher.tsx";
import { ModelPill } from "./model-pill.tsx";
import { RunButton } from "./run-button.tsx";
import { SavedState } from "./saved-state.tsx";

/** Project and flow at the left; what one does with a flow at the right. */
export function TopBar({ project, onOpenFlow }: { project: Project; onOpenFlow: (name: string) => void }) {
  const { t } = useTranslation();
  const code = useShell((state) => state.code && state.page === "flows");
  const toggleCode = useShell((state) => state.toggleCode);
  const show = useShell((state) => state.open);
  const flowOpen = useDocument((state) => state.name !== null);
  return (
    <header className="flex h-11 shrink-0 items-center gap-2 border-b border-line bg-panel pr-3 pl-4">
      <Logo />
      <FlowSwitcher project={project} onOpenFlow={onOpenFlow} />
      <SavedState />
      <UndoRedo />
      <span className="min-w-2 flex-1" />
      <ModelPill />
      <IconButton label={t("top.commands")} shortcut={keyLabel("mod+k")} onClick={() => show("commands")}>
        <Command size={15} aria-hidden />
      </IconButton>
      <Button
        icon={<CodeXml size={15} aria-hidden />}
        aria-pressed={code}
        title={t("top.codeHint")}
        disabled={!flowOpen}
        onClick={toggleCode}
        className={code ? "border-accent-line! bg-accent-soft! text-accent!" : ""}
      >
        {t("top.code")}
      </Button>
      <RunButton />
      <Button icon={<Rocket size={14} aria-hidden />} disabled={!flowOpen} onClick={() => show("publish")}>
        {t("top.publish")}
      </Button>
    </header>
  );
}

function UndoRedo() {
  const { t } = useTranslation();
  const editName = useEditName();
  const undoLabel = useDocument((state) => state.undoLabel);
  const redoLabel = useDocument((state) => state.redoLabel);
  const canUndo = useDocument((state) => state.canUndo);
  const canRedo = useDocument((state) => state.canRedo);
  const undo = useDocument((state) => state.undo);
  const redo = useDocument((state) => state.redo);
  return (
    <div className="flex">
      <IconButton
        label={undoLabel ? t("top.undoNamed", { edit: editName(undoLabel) }) : t("top.undo")}
        shortcut={keyLabel("mod+z")}
        disabled={!canUndo}
        onClick={undo}
      >
        <Undo2 size={15} aria-hidden />
      </IconButton>
      <IconButton
        label={redoLabel ? t("top.redoNamed", { edit: editName(redoLabel) }) : t("top.redo")}
        shortcut={keyLabel("mod+shift+z")}
        disabled={!canRedo}
        onClick={redo}
      >
        <Redo2 size={15} aria-hidden />
      </IconButton>
    </div>
  );
}

/** What an edit did, in words: “Add Classify”. */
function useEditName(): (label: EditLabel) => string {
  const { t } = useTranslation("canvas");
  return ({ key, name }) => t(`edit.${key === "move" && !name ? "moveSeveral" : key}`, { name: name ?? "" });
}
