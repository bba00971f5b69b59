import { UNDO_PORT } from "../../../engine/flow/index.ts";
import { useEffect, useMemo, useState } from "react";
import type { NodeAnalysis } from "../../../engine/flow/index.ts";
import { isJsonObject, type JsonValue } from "../../../engine/lib/json.ts";
import type { RunView, StepView } from "../../../engine/run/view.ts";
import { useDocument } from "../../document/store.ts";
import { useRun } from "../../run/store.ts";
import { chosenRounds, useRounds } from "../../selection/rounds.ts";
import { shownRound, stepPath, type ChosenRounds } from "./run-paths.ts";

/** The shown run, if it is one of the open flow. */
export function useFlowRun<T>(select: (view: RunView) => T): T | undefined {
  const name = useDocument((state) => state.name);
  return useRun((run) => (run.view && run.view.flow === name ? select(run.view) : undefined));
}

/** Where a node's step is in the shown run: in a body, in the round that is looked at. */
export function useStepPath(key: string): string {
  const parents = useDocument((state) => state.flow.parents);
  const rounds = useRounds();
  return useFlowRun((view) => stepPath(view, key, parents, chosenRounds(rounds, view.runId))) ?? key;
}

/** How a node's step went in the shown run. */
export function useStep(key: string): StepView | undefined {
  const path = useStepPath(key);
  return useFlowRun((view) => view.steps[path]);
}

/** Whether the run passed a node by: itself, or with a container that it is in. */
export function useSkipped(key: string): boolean {
  const parents = useDocument((state) => state.flow.parents);
  const rounds = useRounds();
  return (
    useFlowRun((view) => {
      const chosen = chosenRounds(rounds, view.runId);
      for (let at: string | undefined = key; at !== undefined; at = parents[at])
        if (view.steps[stepPath(view, at, parents, chosen)]?.state === "skipped") return true;
      return false;
    }) ?? false
  );
}

/** The newest running step at a path or inside the node there. */
function newest(view: RunView, path: string, wanted: (step: StepView) => boolean): StepView | undefined {
  for (let i = view.order.length - 1; i >= 0; i--) {
    const at = view.order[i]!;
    if (at !== path && !at.startsWith(`${path}/`)) continue;
    const step = view.steps[at]!;
    if (step.state === "running" && wanted(step)) return step;
  }
  return undefined;
}

/** What a running node has said so far: its own text, or that of the newest step inside it. */
export const liveText = (view: RunView, path: string): string =>
  newest(view, path, ({ text }) => text !== "")?.text ?? "";

/** The tool that a running node waits for. */
export const runningTool = (view: RunView, path: string): string | undefined =>
  newest(view, path, ({ tool }) => tool !== undefined)?.tool?.name;

/** One word of what came out, where the output has one: the value of its enum field. */
export function outcome(output: JsonValue | undefined, shape: NodeAnalysis | undefined): string | undefined {
  if (!isJsonObject(output)) return undefined;
  const field = Object.entries(shape?.output.properties ?? {}).find(([, schema]) => schema.enum !== undefined)?.[0];
  const value = field === undefined ? undefined : output[field];
  return typeof value === "string" && value.length <= 24 ? value : undefined;
}

export type EdgeRun = "idle" | "taken" | "skipped";

/** Whether a wire was used: its step left by this port, or can't any more. `from` and `to` are paths of the run. */
export function edgeRun(view: RunView, from: string, port: string, to: string): EdgeRun {
  const source = view.steps[from];
  if (source?.state === "skipped") return "skipped";
  if (port === UNDO_PORT) return view.steps[to]?.startedAt === undefined ? "idle" : "taken";
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

/** The values of the shown run by step, each in the round that is looked at. */
export function useRunValues(): {
  output(key: string): JsonValue | undefined;
  local(container: string, name: string): JsonValue | undefined;
} {
  const parents = useDocument((state) => state.flow.parents);
  const rounds = useRounds();
  const view = useFlowRun((shown) => shown);
  return useMemo(() => {
    const chosen = view ? chosenRounds(rounds, view.runId) : {};
    const at = (key: string) => (view ? stepPath(view, key, parents, chosen) : key);
    return {
      output: (key) => view?.steps[at(key)]?.output,
      local: (container, name) => view && lentValue(view, { path: at(container), name, chosen }),
    };
  }, [view, parents, rounds]);
}

/**
 * What a container lent to the round that is shown. Events don't tell; its rendered settings do for a list that the rounds go through
 * (`items` lends `item`) and for what the first round begins with (`state`).
 */
function lentValue(
  view: RunView,
  { path, name, chosen }: { path: string; name: string; chosen: ChosenRounds },
): JsonValue | undefined {
  const round = shownRound(view, path, chosen);
  if (name === "index") return view.rounds[path] && round;
  const input = view.steps[path]?.input;
  if (!isJsonObject(input)) return undefined;
  const list = input[`${name}s`];
  if (Array.isArray(list)) return list[round];
  return round === 0 ? input[name] : undefined;
}
