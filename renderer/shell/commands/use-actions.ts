import { useMemo } from "react";
import type { Project } from "../../../engine/rpc/contract.ts";
import { useDocument } from "../../document/store.ts";
import { useTranslation } from "../../i18n/index.ts";
import { useFlows } from "../../rpc/index.ts";
import { hasEnded, useRun } from "../../run/index.ts";
import { setLanguage, setTheme, THEMES } from "../../settings/store.ts";
import { openFlow } from "../project-actions.ts";
import { PAGES, useShell } from "../store.ts";
import { editInput, runAgain, runNow } from "./run-commands.ts";

/** Something that can be done from the command palette or by its keys. */
export interface Action {
  id: string;
  group: "flow" | "goTo" | "view" | "project" | "flows";
  title: string;
  /** `mod+k` */
  keys?: string;
  disabled?: boolean;
  run(): void;
}

/** Everything that the studio can do now, in the user's language. */
export function useActions(project: Project): Action[] {
  const flow = useFlowActions();
  const view = useViewActions();
  const places = usePlaceActions(project);
  return useMemo(() => [...flow, ...view, ...places], [flow, view, places]);
}

function useFlowActions(): Action[] {
  const { t } = useTranslation();
  const open = useDocument((state) => state.name !== null);
  const canUndo = useDocument((state) => state.canUndo);
  const canRedo = useDocument((state) => state.canRedo);
  const running = useRun((state) => state.view !== null && !hasEnded(state.view));
  return useMemo(() => {
    const document = useDocument.getState();
    const show = useShell.getState();
    const action = (id: string, title: string, run: () => void, more: Partial<Action> = {}): Action => ({
      id,
      group: "flow",
      title,
      run,
      ...more,
    });
    return [
      action("run", t("top.run"), runNow, { keys: "mod+enter", disabled: !open || running }),
      action("run-again", t("top.runAgain"), runAgain, { keys: "mod+shift+enter", disabled: !open || running }),
      action("run-edit", t("top.runEdit"), editInput, { disabled: !open }),
      action("stop", t("top.stop"), () => void useRun.getState().cancel(), { keys: "mod+.", disabled: !running }),
      action("publish", t("top.publish"), () => show.open("publish"), { disabled: !open }),
      action("undo", t("top.undo"), document.undo, { keys: "mod+z", disabled: !canUndo }),
      action("redo", t("top.redo"), document.redo, { keys: "mod+shift+z", disabled: !canRedo }),
      action("save", t("common.save"), () => void document.flush(), { keys: "mod+s", disabled: !open }),
      action("new-flow", t("top.newFlow"), () => show.open("new-flow"), { keys: "alt+n" }),
      action("remove-flow", t("top.removeFlow"), () => show.open("remove-flow"), { disabled: !open }),
    ];
  }, [t, open, canUndo, canRedo, running]);
}

function useViewActions(): Action[] {
  const { t } = useTranslation(["shell", "settings"]);
  return useMemo(() => {
    const show = useShell.getState();
    const action = (id: string, title: string, run: () => void, keys?: string): Action => ({
      id,
      group: "view",
      title,
      run,
      ...(keys && { keys }),
    });
    return [
      action("code", t("palette.toggleCode"), show.toggleCode, "mod+e"),
      action("drawer", t("palette.toggleDrawer"), show.toggleDrawer, "mod+j"),
      action("show-run", t("palette.showRun"), () => show.showDrawer("run")),
      action("show-problems", t("palette.showProblems"), () => show.showDrawer("problems"), "mod+shift+m"),
      action("show-chat", t("palette.showChat"), () => show.showDrawer("chat")),
      ...THEMES.map((theme) =>
        action(
          `theme-${theme}`,
          t("palette.theme", { name: t(`settings:theme.${theme}`) }),
          () => void setTheme(theme),
        ),
      ),
      action("language-en", t("palette.language", { name: "English" }), () => void setLanguage("en")),
      action("language-zh", t("palette.language", { name: "简体中文" }), () => void setLanguage("zh")),
    ];
  }, [t]);
}

function usePlaceActions(project: Project): Action[] {
  const { t } = useTranslation();
  const flows = useFlows().data;
  return useMemo(() => {
    const show = useShell.getState();
    const places = PAGES.map((page, index): Action => ({
      id: `page-${page}`,
      group: "goTo",
      title: t(`nav.${page}`),
      keys: `alt+${index + 1}`,
      run: () => show.goTo(page),
    }));
    const files = (flows ?? []).map((flow): Action => ({
      id: `flow-${flow.name}`,
      group: "flows",
      title: flow.title,
      run: () => void openFlow(project, flow.name),
    }));
    const projects: Action[] = [
      { id: "open-project", group: "project", title: t("top.openProject"), run: () => show.open("project") },
      { id: "new-project", group: "project", title: t("top.newProject"), run: () => show.open("new-project") },
    ];
    return [...places, ...files, ...projects];
  }, [t, flows, project]);
}
