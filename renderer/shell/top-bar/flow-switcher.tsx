import { Command } from "cmdk";
import {
  Check,
  ChevronsUpDown,
  FilePlus2,
  FolderOpen,
  FolderPlus,
  Lock,
  Search,
  Trash2,
  TriangleAlert,
} from "lucide-react";
import { useState, type ReactNode } from "react";
import type { Project } from "../../../engine/rpc/contract.ts";
import { useDocument } from "../../document/store.ts";
import { useTranslation } from "../../i18n/index.ts";
import { useFlows } from "../../rpc/index.ts";
import { Kbd, keyLabel, Popover } from "../../ui/index.ts";
import { useShell, type Overlay } from "../store.ts";

const ITEM =
  "flex h-8 cursor-default items-center gap-2 rounded-control px-2 text-13 outline-none select-none data-[selected=true]:bg-hover";

/** Where the user is: project / flow. Opens a list to go elsewhere, found by typing. */
export function FlowSwitcher({ project, onOpenFlow }: { project: Project; onOpenFlow: (name: string) => void }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const name = useDocument((state) => state.name);
  const title = useDocument((state) => (state.name ? state.flow.name : null));
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={t("top.findFlow")}
      className="w-80 p-0!"
      trigger={
        <button
          type="button"
          aria-label={t("top.flowMenu", { name: `${project.name} / ${title ?? t("top.noFlow")}` })}
          className="flex h-7 min-w-0 items-center gap-1.5 rounded-control px-2 text-13 transition-colors hover:bg-hover"
        >
          <span className="max-w-40 truncate text-ink-3">{project.name}</span>
          <span aria-hidden className="text-ink-3">
            /
          </span>
          <span className="max-w-64 truncate font-semibold">{title ?? t("top.noFlow")}</span>
          <ChevronsUpDown size={13} aria-hidden className="shrink-0 text-ink-3" />
        </button>
      }
    >
      <FlowList current={name} onClose={() => setOpen(false)} onOpenFlow={onOpenFlow} />
    </Popover>
  );
}

function FlowList(props: { current: string | null; onClose: () => void; onOpenFlow: (name: string) => void }) {
  const { current, onClose, onOpenFlow } = props;
  const { t } = useTranslation();
  const flows = useFlows().data ?? [];
  const show = useShell((state) => state.open);
  const overlay = (which: Overlay) => {
    onClose();
    show(which);
  };
  return (
    <Command>
      <div className="flex items-center gap-2 border-b border-line px-3 text-ink-3">
        <Search size={14} aria-hidden />
        <Command.Input
          placeholder={t("top.findFlow")}
          aria-label={t("top.findFlow")}
          className="h-9 min-w-0 flex-1 bg-transparent text-13 text-ink outline-none"
        />
      </div>
      <Command.List className="max-h-80 overflow-y-auto p-1">
        <Command.Empty className="px-2 py-3 text-12 text-ink-3">{t("common.nothingFound")}</Command.Empty>
        {flows.map((flow) => (
          <Command.Item
            key={flow.name}
            value={flow.name}
            keywords={[flow.title]}
            className={ITEM}
            onSelect={() => {
              onClose();
              onOpenFlow(flow.name);
            }}
          >
            <span className="min-w-0 flex-1 truncate">{flow.title}</span>
            {flow.problems > 0 && <TriangleAlert size={13} aria-hidden className="shrink-0 text-warn" />}
            {flow.readOnly && <Lock size={13} aria-label={t("top.readOnly")} className="shrink-0 text-ink-3" />}
            {flow.name === current && <Check size={14} aria-hidden className="shrink-0 text-accent" />}
          </Command.Item>
        ))}
      </Command.List>
      <div className="border-t border-line p-1">
        <Entry
          icon={<FilePlus2 size={15} aria-hidden />}
          onClick={() => overlay("new-flow")}
          shortcut={keyLabel("alt+n")}
        >
          {t("top.newFlow")}
        </Entry>
        {current && (
          <Entry icon={<Trash2 size={15} aria-hidden />} onClick={() => overlay("remove-flow")}>
            {t("top.removeFlow")}
          </Entry>
        )}
        <Entry icon={<FolderOpen size={15} aria-hidden />} onClick={() => overlay("project")}>
          {t("top.openProject")}
        </Entry>
        <Entry icon={<FolderPlus size={15} aria-hidden />} onClick={() => overlay("new-project")}>
          {t("top.newProject")}
        </Entry>
      </div>
    </Command>
  );
}

function Entry(props: { icon: ReactNode; onClick: () => void; shortcut?: string; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={props.onClick}
      className="flex h-8 w-full items-center gap-2 rounded-control px-2 text-13 hover:bg-hover"
    >
      <span className="text-ink-2">{props.icon}</span>
      {props.children}
      {props.shortcut && (
        <span className="ml-auto">
          <Kbd>{props.shortcut}</Kbd>
        </span>
      )}
    </button>
  );
}
