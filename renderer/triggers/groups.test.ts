import { expect, it } from "vitest";
import type { TriggerStatus } from "../../engine/rpc/contract.ts";
import { listeningFlows } from "./groups.ts";

const trigger = (flow: string, node: string, kind: TriggerStatus["kind"], active = false): TriggerStatus => ({
  flow,
  node,
  kind,
  title: node,
  active,
  next: [],
});

it("groups what listens by flow and leaves out what a person begins", () => {
  const groups = listeningFlows([
    trigger("orders", "hook", "webhook", true),
    trigger("orders", "start", "manual", true),
    trigger("report", "daily", "schedule"),
    trigger("orders", "inbox", "files", true),
    trigger("helper", "chat", "chat"),
  ]);
  expect(groups.map(({ flow, active, triggers }) => [flow, active, triggers.map(({ node }) => node)])).toEqual([
    ["orders", true, ["hook", "inbox"]],
    ["report", false, ["daily"]],
  ]);
});
