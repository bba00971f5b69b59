import { ChevronDown, ChevronUp } from "lucide-react";
import { lazy, Suspense } from "react";
import type { Problem } from "../../../engine/flow/problem.ts";
import { useDocument } from "../../document/store.ts";
import { useTranslation } from "../../i18n/index.ts";
import { ProblemsPanel, RunPanel, RunSummary } from "../../run/index.ts";
import { useSelection } from "../../selection/store.ts";
import { Badge, IconButton, keyLabel, TabPanel, Tabs } from "../../ui/index.ts";
import { shellStore, useShell, type DrawerTab } from "../store.ts";

const ChatPanel = lazy(() => import("../../chat/index.ts").then(({ ChatPanel }) => ({ default: ChatPanel })));

/** Below the canvas: the run, the flow's problems, and the chat with it. */
export function Drawer() {
  const { t } = useTranslation();
  const tab = useShell((state) => state.drawer);
  const open = useShell((state) => state.drawerOpen);
  const showDrawer = useShell((state) => state.showDrawer);
  const toggle = useShell((state) => state.toggleDrawer);
  const goTo = useSelection((state) => state.goTo);
  const showProblem = (problem: Problem) => {
    if (problem.node) goTo(problem.node, problem.field);
    else if (problem.line && !shellStore.getState().code) shellStore.getState().toggleCode();
  };
  return (
    <section aria-label={t("drawer.label")} className="flex h-full min-h-0 flex-col bg-panel">
      <Tabs<DrawerTab>
        value={tab}
        onChange={showDrawer}
        label={t("drawer.label")}
        className="h-full"
        items={[
          { value: "run", label: t("drawer.run") },
          { value: "problems", label: t("drawer.problems"), badge: <ProblemCount /> },
          { value: "chat", label: t("drawer.chat") },
        ]}
        aside={
          <>
            <RunSummary />
            <IconButton
              label={t(open ? "drawer.collapse" : "drawer.open")}
              shortcut={keyLabel("mod+j")}
              size="sm"
              side="top"
              aria-expanded={open}
              onClick={toggle}
            >
              {open ? <ChevronDown size={15} aria-hidden /> : <ChevronUp size={15} aria-hidden />}
            </IconButton>
          </>
        }
      >
        <TabPanel value="run">
          <RunPanel onShowNode={(node) => goTo(node)} onShowProblems={() => showDrawer("problems")} />
        </TabPanel>
        <TabPanel value="problems">
          <ProblemsPanel onShow={showProblem} />
        </TabPanel>
        <TabPanel value="chat">
          <Suspense>
            <ChatPanel onOpenForm={() => showDrawer("run")} />
          </Suspense>
        </TabPanel>
      </Tabs>
    </section>
  );
}

function ProblemCount() {
  const count = useDocument((state) => state.analysis?.problems.length ?? 0);
  const errors = useDocument(
    (state) => state.analysis?.problems.some((problem) => problem.severity === "error") ?? false,
  );
  return count > 0 && <Badge tone={errors ? "bad" : "warn"}>{count}</Badge>;
}
