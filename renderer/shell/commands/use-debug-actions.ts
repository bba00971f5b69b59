import { useMemo } from "react";
import { useDocument } from "../../document/store.ts";
import { useTranslation } from "../../i18n/index.ts";
import { continueRun, isUnderWay, pausedSteps, runFrom, runStepping, runTo, stepRun, useRun } from "../../run/index.ts";
import { useSelection } from "../../selection/store.ts";
import type { Action } from "./use-actions.ts";

/** Ways to run for whoever develops the flow: up to and from the selected step, step by step, on from a breakpoint. */
export function useDebugActions(): Action[] {
  const { t } = useTranslation(["shell", "run"]);
  const open = useDocument((state) => state.name !== null);
  const selected = useSelectedStep();
  const going = useRun((state) => state.view !== null && isUnderWay(state.view));
  const paused = useRun((state) => state.view !== null && pausedSteps(state.view).length > 0);
  return useMemo(() => {
    const action = (id: string, title: string, run: () => void, more: Partial<Action>): Action => ({
      id,
      group: "flow",
      title,
      run,
      ...more,
    });
    const onSelected = (run: (key: string) => void) => () => selected !== undefined && run(selected);
    const noStep = !open || going || selected === undefined;
    return [
      action("run-to", t("top.runTo"), onSelected(runTo), { disabled: noStep }),
      action(
        "run-from",
        t("top.runFrom"),
        onSelected((key) => void runFrom(key)),
        { disabled: noStep },
      ),
      action("run-stepping", t("top.runStepping"), runStepping, { disabled: !open || going }),
      action("continue", t("run:debug.continue"), () => void continueRun(), { keys: "f8", disabled: !paused }),
      action("step", t("run:debug.step"), () => void stepRun(), { keys: "f10", disabled: !paused }),
    ];
  }, [t, open, selected, going, paused]);
}

/** The one selected node, where it is a step. */
export function useSelectedStep(): string | undefined {
  const key = useSelection((state) => (state.nodes.length === 1 ? state.nodes[0] : undefined));
  const isStep = useDocument((state) => key !== undefined && state.analysis?.nodes[key]?.role === "step");
  return isStep ? key : undefined;
}
