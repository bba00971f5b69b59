import { lazy, Suspense, useEffect, type ComponentType } from "react";
import type { Project } from "../../engine/rpc/contract.ts";
import { useTranslation } from "../i18n/index.ts";
import { useConnection, useInfo, watchHost } from "../rpc/index.ts";
import { adoptSettings } from "../settings/store.ts";
import { CommandPalette } from "./commands/command-palette.tsx";
import { useActions } from "./commands/use-actions.ts";
import { useShortcuts } from "./commands/use-shortcuts.ts";
import { ErrorBoundary } from "./error-boundary.tsx";
import { NewFlowDialog } from "./dialogs/new-flow-dialog.tsx";
import { ProjectDialog } from "./dialogs/project-dialog.tsx";
import { RemoveFlowDialog } from "./dialogs/remove-flow-dialog.tsx";
import { ConnectionStrip, ProjectStrip } from "./layout/strips.tsx";
import { FlowPage, Waiting } from "./layout/flow-page.tsx";
import { openFlow } from "./project-actions.ts";
import { useRememberedPanels } from "./panel-memory.ts";
import { Rail } from "./rail.tsx";
import { useShell, type Page } from "./store.ts";
import { useFreshFlowList, useWindowTitle } from "./use-flow-list.ts";
import { TopBar } from "./top-bar/top-bar.tsx";
import { Welcome } from "./welcome.tsx";

const PAGES: Record<Exclude<Page, "flows">, ComponentType> = {
  runs: lazy(() => import("../runs/index.ts").then(({ RunsPage }) => ({ default: RunsPage }))),
  inbox: lazy(() => import("../inbox/index.ts").then(({ InboxPage }) => ({ default: InboxPage }))),
  triggers: lazy(() => import("../triggers/index.ts").then(({ TriggersPage }) => ({ default: TriggersPage }))),
  tools: lazy(() => import("../tools/index.ts").then(({ ToolsPage }) => ({ default: ToolsPage }))),
  models: lazy(() => import("../models/index.ts").then(({ ModelsPage }) => ({ default: ModelsPage }))),
  publish: lazy(() => import("../publish/index.ts").then(({ PublishPage }) => ({ default: PublishPage }))),
  settings: lazy(() => import("../settings/page.tsx").then(({ SettingsPage }) => ({ default: SettingsPage }))),
};

const PublishDialog = lazy(() =>
  import("../publish/index.ts").then(({ PublishDialog }) => ({ default: PublishDialog })),
);

/** The whole window. */
export function Studio() {
  const { t } = useTranslation();
  const info = useInfo();
  const connected = useConnection((state) => state.status === "open");
  useEffect(() => {
    if (info.data) adoptSettings(info.data.settings);
  }, [info.data]);
  const { refetch } = info;
  useEffect(() => {
    if (!connected) return;
    watchHost();
    void refetch();
  }, [connected, refetch]);
  if (!info.data) {
    return (
      <div className="grid h-full place-items-center text-13 text-ink-3" role="status">
        {t("connection.connecting")}
      </div>
    );
  }
  const { project } = info.data;
  return project ? <Workbench key={project.path} project={project} /> : <Welcome />;
}

function Workbench({ project }: { project: Project }) {
  const page = useShell((state) => state.page);
  const actions = useActions(project);
  useShortcuts(actions);
  useRememberedPanels(project);
  useFreshFlowList();
  useWindowTitle();
  const overlay = useShell((state) => state.overlay);
  const Shown = page === "flows" ? null : PAGES[page];
  return (
    <div className="flex h-full flex-col">
      <ConnectionStrip />
      <ProjectStrip project={project} />
      <TopBar project={project} onOpenFlow={(name) => void openFlow(project, name)} />
      <div className="grid min-h-0 flex-1 grid-cols-[52px_minmax(0,1fr)]">
        <Rail />
        <div className="min-h-0 min-w-0">
          {Shown ? (
            <ErrorBoundary key={page}>
              <Suspense fallback={<Waiting />}>
                <Shown />
              </Suspense>
            </ErrorBoundary>
          ) : (
            <FlowPage project={project} />
          )}
        </div>
      </div>
      {overlay === "commands" && <CommandPalette actions={actions} />}
      {overlay === "new-flow" && <NewFlowDialog project={project} />}
      {overlay === "remove-flow" && <RemoveFlowDialog />}
      {overlay === "project" && <ProjectDialog mode="open" />}
      {overlay === "new-project" && <ProjectDialog mode="create" />}
      {overlay === "publish" && (
        <Suspense>
          <PublishDialog />
        </Suspense>
      )}
    </div>
  );
}
