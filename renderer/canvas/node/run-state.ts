import { useEffect, useState } from "react";
import type { NodeAnalysis } from "../../../engine/flow/index.ts";
import { isJsonObject, type JsonValue } from "../../../engine/lib/json.ts";
import type { RunView, StepView } from "../../../engine/run/view.ts";
import { useDocument } from "../../document/store.ts";
import { useRun } from "../../run/store.ts";

/** The shown run, if it is one of the open flow. */
export function useFlowRun<T>(select: (view: RunView) => T): T | undefined {
  const name = useDocument((state) => state.name);
  return useRun((run) => (run.view && run.view.flow === name ? select(run.view) : undefined));
}

/** How a node's step went in the shown run. */
export const useStep = (key: string): StepView | undefined => useFlowRun((view) => view.steps[key]);

/** What a running node has said so far: its own text, or that of the newest step inside it. */
export function liveText(view: RunView, key: string): string {
  for (let i = view.order.length - 1; i >= 0; i--) {
    const step = view.steps[view.order[i]!]!;
    if (step.node === key && step.state === "running" && step.text !== "") return step.text;
  }
  return "";
}

/** The tool that a running node waits for. */
export function runningTool(view: RunView, key: string): string | undefined {
  for (let i = view.order.length - 1; i >= 0; i--) {
    const step = view.steps[view.order[i]!]!;
    if (step.node === key && step.state === "running" && step.tool) return step.tool.name;
  }
  return undefined;
}

/** One word of what came out, where the output has one: the value of its enum field. */
export function outcome(output: JsonValue | undefined, shape: NodeAnalysis | undefined): string | undefined {
  if (!isJsonObject(output)) return undefined;
  const field = Object.entries(shape?.output.properties ?? {}).find(([, schema]) => schema.enum !== undefined)?.[0];
  const value = field === undefined ? undefined : output[field];
  return typeof value === "string" && value.length <= 24 ? value : undefined;
}

export type EdgeRun = "idle" | "taken" | "skipped";

/** Whether a wire was used: its step left by this port, or can't any more. */
export function edgeRun(view: RunView, from: string, port: string, to: string): EdgeRun {
  const source = view.steps[from];
  if (source?.state === "skipped") return "skipped";
  if (source?.state === "failed") return port === "error" && view.steps[to] !== undefined ? "taken" : "skipped";
  if (source?.state !== "completed") return "idle";
  return (source.port ?? "out") === port ? "taken" : "skipped";
}

/** Milliseconds since `startedAt`, counting while `running`. */
export function useElapsed(startedAt: number | undefined, running: boolean): number | undefined {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now()), 100);
    return () => clearInterval(timer);
  }, [running]);
  return startedAt === undefined ? undefined : Math.max(0, now - startedAt);
}
