import { useMemo } from "react";
import type { Project } from "../../../engine/rpc/contract.ts";
import {
  addStep,
  arrangeAll,
  openQuickAdd,
  selectAll,
  toggleBreakpoints,
  useContainerTypes,
  view,
  wrapSelection,
} from "../../canvas/index.ts";
import { documentStore, useDocument } from "../../document/store.ts";
import { useText, useTranslation } from "../../i18n/index.ts";
import { useFlows, useNodeTypes } from "../../rpc/index.ts";
import { hasEnded, isUnderWay, runStore, useRun } from "../../run/index.ts";
import { useSelection } from "../../selection/store.ts";
import { setLanguage, setTheme, THEMES } from "../../settings/store.ts";
import { openFlow } from "../project-actions.ts";
import { PAGES, shellStore, useShell } from "../store.ts";
import { useDebugActions } from "./use-debug-actions.ts";
import { editInput, runAgain, runNow } from "./run-commands.ts";

/** Something that can be done from the command palette or by its keys. */
export interface Action {
  id: string;
  group: "flow" | "canvas" | "add" | "goTo" | "view" | "project" | "flows";
  title: string;
  /** `mod+k` */
  keys?: string;
  /** Keys that the canvas itself listens to: shown here, acted on there. */
  shownKeys?: string;
  disabled?: boolean;
  run(): void;
}

/** Everything that the studio can do now, in the user's language. */
export function useActions(project: Project): Action[] {
  const flow = useFlowActions();
  const debug = useDebugActions();
  const canvas = useCanvasActions();
  const view = useViewActions();
  const places = usePlaceActions(project);
  return useMemo(() => [...flow, ...debug, ...canvas, ...view, ...places], [flow, debug, canvas, view, places]);
}

function useFlowActions(): Action[] {
  const { t } = useTranslation();
  const open = useDocument((state) => state.name !== null);
  const canUndo = useDocument((state) => state.canUndo);
  const canRedo = useDocument((state) => state.canRedo);
  const running = useRun((state) => state.view !== null && isUnderWay(state.view));
  const unfinished = useRun((state) => state.view !== null && !hasEnded(state.view));
  return useMemo(() => {
    const document = documentStore.getState();
    const show = shellStore.getState();
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
      action("stop", t("top.stop"), () => void runStore.getState().cancel(), { keys: "mod+.", disabled: !unfinished }),
      action("publish", t("top.publish"), () => show.open("publish"), { disabled: !open }),
      action("undo", t("top.undo"), document.undo, { keys: "mod+z", disabled: !canUndo }),
      action("redo", t("top.redo"), document.redo, { keys: "mod+shift+z", disabled: !canRedo }),
      action("save", t("common.save"), () => void document.flush(), { keys: "mod+s", disabled: !open }),
      action("new-flow", t("top.newFlow"), () => show.open("new-flow"), { keys: "alt+n" }),
      action("remove-flow", t("top.removeFlow"), () => show.open("remove-flow"), { disabled: !open }),
    ];
  }, [t, open, canUndo, canRedo, running, unfinished]);
}

function useCanvasActions(): Action[] {
  const { t } = useTranslation(["canvas"]);
  const text = useText();
  const types = useNodeTypes();
  const shown = useShell((state) => state.page === "flows");
  const editable = useDocument((state) => state.editable);
  const containers = useContainerTypes();
  const selected = useSelection((state) => state.nodes.length > 0);
  return useMemo(() => {
    if (!shown) return [];
    const action = (id: string, title: string, shownKeys: string, run: () => void, disabled = false): Action => ({
      id,
      group: "canvas",
      title,
      ...(shownKeys !== "" && { shownKeys }),
      run,
      disabled,
    });
    const adding = types.map((type): Action => ({
      id: `add-${type.type}`,
      group: "add",
      title: text(type.title),
      disabled: !editable,
      run: () => addStep(type.type),
    }));
    return [
      action("quick-add", t("menu.add"), "a", openQuickAdd, !editable),
      action("arrange", t("controls.arrange"), "mod+shift+l", () => void arrangeAll(), !editable),
      action("fit", t("controls.fit"), "shift+1", () => view.fit()),
      action("actual-size", t("controls.actualSize"), "shift+0", view.actualSize),
      action("zoom-in", t("controls.zoomIn"), "+", view.zoomIn),
      action("zoom-out", t("controls.zoomOut"), "-", view.zoomOut),
      action("select-all", t("menu.selectAll"), "mod+a", selectAll),
      ...containers.map((type) =>
        action(
          `wrap-${type.type}`,
          t("menu.wrap", { name: text(type.title) }),
          "",
          () => wrapSelection(type.type),
          !editable || !selected,
        ),
      ),
      action("breakpoint", t("menu.breakpoint"), "f9", toggleBreakpoints, !selected),
      ...adding,
    ];
  }, [t, text, types, containers, selected, shown, editable]);
}

function useViewActions(): Action[] {
  const { t } = useTranslation(["shell", "settings"]);
  return useMemo(() => {
    const show = shellStore.getState();
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
    const show = shellStore.getState();
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
