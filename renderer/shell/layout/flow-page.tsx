import { lazy, Suspense, useEffect, useRef } from "react";
import { Group, Panel, usePanelRef } from "react-resizable-panels";
import type { Project } from "../../../engine/rpc/contract.ts";
import { fitWhileResized, Palette } from "../../canvas/index.ts";
import { useDocument } from "../../document/store.ts";
import { useTranslation } from "../../i18n/index.ts";
import { Inspector } from "../../inspector/index.ts";
import { useFlows } from "../../rpc/index.ts";
import { Spinner } from "../../ui/index.ts";
import { ErrorBoundary } from "../error-boundary.tsx";
import { firstFlow, openFlow } from "../project-actions.ts";
import { useShell } from "../store.ts";
import { useUnfinishedRun } from "../use-unfinished-run.ts";
import { FlowCenter } from "./flow-center.tsx";
import { NoFlows } from "./no-flows.tsx";
import { panelSize, useKeptSizes } from "./panel-sizes.ts";
import { ResizeHandle } from "./resize-handle.tsx";

const FlowCode = lazy(() => import("../../code/index.ts").then(({ FlowCode }) => ({ default: FlowCode })));

/** The canvas with its palette, its drawer and, at the right, the inspector or the flow's code. */
export function FlowPage({ project }: { project: Project }) {
  const { t } = useTranslation();
  const code = useShell((state) => state.code);
  const side = code ? "code" : "inspector";
  useFirstFlow(project);
  useFitBeside(code);
  useUnfinishedRun();
  const noFlow = useDocument((state) => state.name === null);
  const flows = useFlows();
  const paletteRef = usePanelRef();
  const sideRef = usePanelRef();
  const keepSizes = useKeptSizes(project.path, { id: "palette", ref: paletteRef }, { id: side, ref: sideRef });
  if (noFlow && flows.data?.length === 0) return <NoFlows />;
  return (
    <main className="size-full">
      <FlowHeading />
      <Group onLayoutChanged={keepSizes} className="size-full">
        <Panel
          id="palette"
          panelRef={paletteRef}
          defaultSize={panelSize(project.path, "palette", 220)}
          minSize={180}
          maxSize={340}
          groupResizeBehavior="preserve-pixel-size"
        >
          <Palette />
        </Panel>
        <ResizeHandle label={t("panels.resizePalette")} />
        <Panel id="center" minSize={360}>
          <FlowCenter project={project} />
        </Panel>
        <ResizeHandle label={t("panels.resizeInspector")} />
        <Panel
          key={side}
          id={side}
          panelRef={sideRef}
          defaultSize={panelSize(project.path, side, code ? 520 : 336)}
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

/** The flow is seen whole beside its code, and whole again without it. */
function useFitBeside(code: boolean): void {
  const before = useRef(code);
  useEffect(() => {
    if (before.current === code) return undefined;
    before.current = code;
    return fitWhileResized();
  }, [code]);
}

/** The page's heading for those who don't see the top bar. */
function FlowHeading() {
  const { t } = useTranslation();
  const title = useDocument((state) => (state.name ? state.flow.name : null));
  return <h1 className="sr-only">{title ?? t("top.noFlow")}</h1>;
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

export function Waiting() {
  const { t } = useTranslation();
  return (
    <div className="grid h-full place-items-center text-ink-3">
      <Spinner label={t("common.loading")} />
    </div>
  );
}
