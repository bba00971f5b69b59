import { ChartNoAxesGantt } from "lucide-react";
import { useEffect, useState } from "react";
import { useDocument } from "../../document/store.ts";
import { useErrorText, useTranslation } from "../../i18n/index.ts";
import { Button, Callout, EmptyState, TabPanel, Tabs } from "../../ui/index.ts";
import { isUnderWay } from "../debug/paused.ts";
import { useRunInputs } from "../input-store.ts";
import { runStore, useRun } from "../store.ts";
import { Timeline } from "../timeline/timeline.tsx";
import { InputForm } from "./input-form.tsx";
import { Result } from "./result.tsx";
import { RunNotes } from "./run-notes.tsx";
import { StepDetail } from "./step-detail.tsx";

export interface RunPanelProps {
  /** Selects a node on the canvas. */
  onShowNode: (node: string) => void;
  onShowProblems: () => void;
}

/** Timeline at the left; at the right the form, the result, or the details of the step that was chosen. */
export function RunPanel({ onShowNode, onShowProblems }: RunPanelProps) {
  return (
    <div className="flex h-full min-h-0">
      <div className="flex min-w-0 flex-1 flex-col">
        <RunNotes />
        <div className="min-h-0 flex-1 overflow-y-auto">
          <RunTimeline onShowNode={onShowNode} onShowProblems={onShowProblems} />
        </div>
      </div>
      <div className="w-[38%] max-w-100 min-w-60 shrink-0 border-l border-line-2">
        <RunSide onShowNode={onShowNode} />
      </div>
    </div>
  );
}

function RunTimeline({ onShowNode, onShowProblems }: RunPanelProps) {
  const { t } = useTranslation("run");
  const view = useRun((state) => state.view);
  const error = useRun((state) => state.error);
  const selected = useRun((state) => state.step);
  const selectStep = useRun((state) => state.selectStep);
  const hasProblems = useDocument((state) => Boolean(state.analysis?.problems.length));
  const errorText = useErrorText();
  useForgetOnEdit();
  const select = (path: string) => {
    selectStep(path);
    const node = view?.steps[path]?.node;
    if (node) onShowNode(node);
  };
  if (error) {
    const fix = (
      <Button size="sm" onClick={onShowProblems}>
        {t("timeline.showProblems")}
      </Button>
    );
    return (
      <Callout tone="bad" actions={!view && hasProblems && fix} className="m-3">
        <div className="font-semibold">{t(view ? "timeline.followFailed" : "timeline.startFailed")}</div>
        {errorText(error)}
      </Callout>
    );
  }
  if (view) return <Timeline view={view} selected={selected} onSelect={select} />;
  return (
    <EmptyState compact icon={<ChartNoAxesGantt size={18} aria-hidden />} title={t("timeline.empty")}>
      {t("timeline.emptyBody")}
    </EmptyState>
  );
}

/** Why a run could not start is said of the flow as it was: an edit takes the sentence away. */
function useForgetOnEdit(): void {
  const flow = useDocument((state) => state.flow);
  const clear = useRun((state) => state.clear);
  useEffect(() => {
    const { view, error } = runStore.getState();
    if (error && !view) clear();
  }, [flow, clear]);
}

function RunSide({ onShowNode }: { onShowNode: (node: string) => void }) {
  const { t } = useTranslation("run");
  const view = useRun((state) => state.view);
  const phase = useRun((state) => state.phase);
  const step = useRun((state) => (state.step ? state.view?.steps[state.step] : undefined));
  const selectStep = useRun((state) => state.selectStep);
  const formWanted = useRunInputs((state) => state.wanted);
  const [side, setSide] = useState<"input" | "result">(view ? "result" : "input");
  const runId = view?.runId;
  useEffect(() => setSide(runId ? "result" : "input"), [runId]);
  useEffect(() => {
    if (formWanted) setSide("input");
  }, [formWanted]);
  if (view && step) return <StepDetail view={view} step={step} onClose={() => selectStep(null)} onShow={onShowNode} />;
  const busy = phase === "starting" || Boolean(view && isUnderWay(view));
  return (
    <Tabs
      value={side}
      onChange={setSide}
      label={t("side.label")}
      className="h-full"
      compact
      items={[
        { value: "input", label: t("side.input") },
        { value: "result", label: t("side.result") },
      ]}
    >
      <TabPanel value="input" className="overflow-y-auto">
        <InputForm busy={busy} onStarted={() => setSide("result")} />
      </TabPanel>
      <TabPanel value="result" className="overflow-y-auto">
        <Result view={view} onShow={onShowNode} />
      </TabPanel>
    </Tabs>
  );
}
