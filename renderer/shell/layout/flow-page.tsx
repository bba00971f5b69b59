import { FilePlus2 } from "lucide-react";
import { lazy, Suspense, useEffect } from "react";
import { Group, Panel, useDefaultLayout, usePanelRef } from "react-resizable-panels";
import type { Project } from "../../../engine/rpc/contract.ts";
import { Canvas, Palette } from "../../canvas/index.ts";
import { useDocument } from "../../document/store.ts";
import { useTranslation } from "../../i18n/index.ts";
import { Inspector } from "../../inspector/index.ts";
import { useFlows } from "../../rpc/index.ts";
import { Button, EmptyState, Spinner } from "../../ui/index.ts";
import { ErrorBoundary } from "../error-boundary.tsx";
import { firstFlow, openFlow } from "../project-actions.ts";
import { useShell } from "../store.ts";
import { Drawer } from "./drawer.tsx";
import { FlowBanner } from "./flow-banner.tsx";
import { ResizeHandle } from "./resize-handle.tsx";

const FlowCode = lazy(() => import("../../code/index.ts").then(({ FlowCode }) => ({ default: FlowCode })));

/** Height of the drawer when only its tabs show. */
const TABS_HEIGHT = 37;

/** The canvas with its palette, its drawer and, at the right, the inspector or the flow's code. */
export function FlowPage({ project }: { project: Project }) {
  const { t } = useTranslation();
  const code = useShell((state) => state.code);
  const side = code ? "code" : "inspector";
  useFirstFlow(project);
  const noFlow = useDocument((state) => state.name === null);
  const flows = useFlows();
  const { defaultLayout, onLayoutChanged } = useDefaultLayout({
    id: `heddle.columns:${project.path}`,
    panelIds: ["palette", "center", side],
    onlySaveAfterUserInteractions: true,
  });
  if (noFlow && flows.data?.length === 0) return <NoFlows />;
  return (
    <main className="size-full">
      <FlowHeading />
      <Group key={side} {...{ defaultLayout, onLayoutChanged }} className="size-full">
        <Panel id="palette" defaultSize={220} minSize={180} maxSize={340} groupResizeBehavior="preserve-pixel-size">
          <Palette />
        </Panel>
        <ResizeHandle label={t("panels.resizePalette")} />
        <Panel id="center" minSize={360}>
          <Center project={project} />
        </Panel>
        <ResizeHandle label={t("panels.resizeInspector")} />
        <Panel
          id={side}
          defaultSize={code ? 520 : 336}
          minSize={code ? 320 : 280}
          maxSize={code ? "60%" : 560}
          groupResizeBehavior="preserve-pixel-size"
        >
          <section
            aria-label={t(code ? "panels.code" : "panels.inspector")}
            className="h-full overflow-hidden bg-panel"
          >
            <ErrorBoundary>
              {code ? (
                <Suspense fallback={<Waiting />}>
                  <FlowCode />
                </Suspense>
              ) : (
                <Inspector />
              )}
            </ErrorBoundary>
          </section>
        </Panel>
      </Group>
    </main>
  );
}

/** The page's heading for those who don't see the top bar. */
function FlowHeading() {
  const { t } = useTranslation();
  const title = useDocument((state) => (state.name ? state.flow.name : null));
  return <h1 className="sr-only">{title ?? t("top.noFlow")}</h1>;
}

function Center({ project }: { project: Project }) {
  const { t } = useTranslation();
  const drawer = usePanelRef();
  const open = useShell((state) => state.drawerOpen);
  const setOpen = useShell((state) => state.setDrawerOpen);
  const { defaultLayout, onLayoutChanged } = useDefaultLayout({
    id: `heddle.rows:${project.path}`,
    onlySaveAfterUserInteractions: true,
  });
  useEffect(() => {
    const panel = drawer.current;
    if (!panel || panel.isCollapsed() !== open) return;
    if (open) panel.expand();
    else panel.collapse();
  }, [open, drawer]);
  return (
    <Group orientation="vertical" {...{ defaultLayout, onLayoutChanged }} className="size-full">
      <Panel id="canvas" minSize={120}>
        <div className="relative h-full bg-canvas">
          <FlowBanner />
          <ErrorBoundary>
            <Canvas />
          </ErrorBoundary>
        </div>
      </Panel>
      <ResizeHandle label={t("drawer.resize")} vertical />
      <Panel
        id="drawer"
        panelRef={drawer}
        collapsible
        collapsedSize={TABS_HEIGHT}
        defaultSize={260}
        minSize={140}
        groupResizeBehavior="preserve-pixel-size"
        onResize={({ inPixels }) => setOpen(inPixels > TABS_HEIGHT + 4)}
      >
        <ErrorBoundary>
          <Drawer />
        </ErrorBoundary>
      </Panel>
    </Group>
  );
}

/** Opens the project's last flow, also after the open one was deleted. */
function useFirstFlow(project: Project): void {
  const flows = useFlows().data;
  const name = useDocument((state) => state.name);
  useEffect(() => {
    if (name !== null || !flows) return;
    const first = firstFlow(
      project,
      flows.map((flow) => flow.name),
    );
    if (first) void openFlow(project, first);
  }, [project, flows, name]);
}

function NoFlows() {
  const { t } = useTranslation();
  const show = useShell((state) => state.open);
  return (
    <main className="h-full bg-canvas">
      <EmptyState
        icon={<FilePlus2 size={22} aria-hidden />}
        title={t("noFlows.title")}
        action={
          <Button variant="primary" onClick={() => show("new-flow")}>
            {t("noFlows.action")}
          </Button>
        }
      >
        {t("noFlows.body")}
      </EmptyState>
    </main>
  );
}

export function Waiting() {
  const { t } = useTranslation();
  return (
    <div className="grid h-full place-items-center text-ink-3">
      <Spinner label={t("common.loading")} />
    </div>
  );
}
