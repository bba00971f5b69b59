import { expect, it } from "vitest";
import { emptyRunView, type StepView } from "../../../engine/run/view.ts";
import { isUnderWay, openWaits, pausedSteps } from "./paused.ts";

const waiting = (path: string, wait: NonNullable<StepView["wait"]>): StepView => ({
  path,
  node: path.split("/")[0]!,
  state: "waiting",
  readyAt: 1,
  attempt: 1,
  text: "",
  wait,
});
const steps = [
  waiting("approve/answer", { kind: "event", event: "paid" }),
  waiting("approve/answer deadline", { kind: "delay" }),
  waiting("pause", { kind: "delay" }),
  waiting("charge", { kind: "breakpoint" }),
];
const view = {
  order: steps.map(({ path }) => path),
  steps: Object.fromEntries(steps.map((step) => [step.path, step])),
};

it("tells what there is to wait for, a deadline with what it limits", () => {
  expect(openWaits(view).map(({ path }) => path)).toEqual(["approve/answer", "pause", "charge"]);
  expect(openWaits(view, "approve").map(({ path }) => path)).toEqual(["approve/answer"]);
});

it("finds where a run is paused", () => {
  expect(pausedSteps(view).map(({ path }) => path)).toEqual(["charge"]);
});

it("lets others start while a run waits by itself, not while somebody walks through it", () => {
  const run = { ...emptyRunView("r"), state: "waiting" as const };
  const alone = waiting("pause", { kind: "delay" });
  expect(isUnderWay({ ...run, order: ["pause"], steps: { pause: alone } })).toBe(false);
  expect(isUnderWay({ ...run, ...view })).toBe(true);
  expect(isUnderWay({ ...run, state: "running" })).toBe(true);
  expect(isUnderWay({ ...run, state: "failed" })).toBe(false);
});
