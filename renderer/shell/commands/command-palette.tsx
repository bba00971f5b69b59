import { Command } from "cmdk";
import { Search } from "lucide-react";
import { Dialog } from "radix-ui";
import { useTranslation } from "../../i18n/index.ts";
import { Kbd, keyLabel } from "../../ui/index.ts";
import { useShell } from "../store.ts";
import type { Action } from "./use-actions.ts";

const GROUPS = ["flow", "flows", "canvas", "add", "view", "goTo", "project"] as const;

/** Everything that the studio can do, found by typing. */
export function CommandPalette({ actions }: { actions: readonly Action[] }) {
  const { t } = useTranslation();
  const close = useShell((state) => state.closeOverlay);
  const take = (action: Action) => {
    close();
    action.run();
  };
  return (
    <Dialog.Root open onOpenChange={close}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[14vh] left-1/2 z-45 w-150 max-w-[calc(100vw-32px)] -translate-x-1/2 animate-rise overflow-hidden rounded-card border border-line bg-raised shadow-float"
        >
          <Dialog.Title className="sr-only">{t("palette.label")}</Dialog.Title>
          <Command label={t("palette.label")}>
            <div className="flex items-center gap-2.5 border-b border-line px-4 text-ink-3">
              <Search size={16} aria-hidden />
              <Command.Input
                autoFocus
                placeholder={t("palette.placeholder")}
                className="h-11 min-w-0 flex-1 bg-transparent text-14 text-ink outline-none"
              />
            </div>
            <Command.List className="max-h-[52vh] overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-6 text-center text-ink-3">{t("palette.empty")}</Command.Empty>
              {GROUPS.map((group) => (
                <ActionGroup
                  key={group}
                  heading={t(`palette.${group}`)}
                  actions={actions.filter((action) => action.group === group && !action.disabled)}
                  onTake={take}
                />
              ))}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface ActionGroupProps {
  heading: string;
  actions: readonly Action[];
  onTake: (action: Action) => void;
}

const HEADING =
  "[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-11 [&_[cmdk-group-heading]]:font-semibold [&_[cmdk-group-heading]]:text-ink-3";

function ActionGroup({ heading, actions, onTake }: ActionGroupProps) {
  if (actions.length === 0) return null;
  return (
    <Command.Group heading={heading} className={HEADING}>
      {actions.map((action) => {
        const keys = action.keys ?? action.shownKeys;
        return (
          <Command.Item
            key={action.id}
            value={action.id}
            keywords={[action.title, heading]}
            onSelect={() => onTake(action)}
            className="flex h-8 cursor-default items-center rounded-control px-2.5 text-13 outline-none data-[selected=true]:bg-accent-soft"
          >
            <span className="min-w-0 flex-1 truncate">{action.title}</span>
            {keys && <Kbd>{keyLabel(keys)}</Kbd>}
          </Command.Item>
        );
      })}
    </Command.Group>
  );
}
