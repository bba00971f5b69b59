import { describe, expect, it } from "vitest";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { applyPublishEvent, breakOff, NOT_STARTED, STAGES, type Progress } from "./progress.ts";

const states = ({ stages }: Progress) => STAGES.map((stage) => stages[stage].state);
const deployment = { flow: "triage", revision: 3, digest: "d", endpoint: "http://h", apiKey: "k" };

describe("the progress of a publish", () => {
  it("goes through its stages to a deployment", () => {
    const checked = applyPublishEvent(NOT_STARTED, { stage: "check", state: "done" });
    const cluster = applyPublishEvent(checked, { stage: "cluster", state: "running", detail: "worker" });
    expect(states(cluster)).toEqual(["done", "done", "running", "waiting", "waiting", "waiting"]);
    expect(cluster.stages.cluster.detail).toBe("worker");
    const ready = applyPublishEvent(cluster, { stage: "ready", state: "done", deployment });
    expect(states(ready)).toEqual(["done", "done", "done", "done", "done", "done"]);
    expect(ready.deployment).toEqual(deployment);
  });

  it("keeps the error at the stage that failed", () => {
    const error = new HeddleError("publish.unauthorized").toJSON();
    const failed = applyPublishEvent(NOT_STARTED, { stage: "push", state: "failed", error });
    expect(states(failed)).toEqual(["done", "done", "done", "failed", "waiting", "waiting"]);
    expect(failed.error).toEqual(error);
  });

  it("shows where it stood when the host went away", () => {
    const running = applyPublishEvent(NOT_STARTED, { stage: "bundle", state: "running" });
    expect(states(breakOff(running, new HeddleError("host.disconnected").toJSON()))).toEqual([
      "done",
      "failed",
      "waiting",
      "waiting",
      "waiting",
      "waiting",
    ]);
  });
});
