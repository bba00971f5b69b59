import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { FlowService } from "../../engine/node/services.ts";
import { revisionOf } from "../../engine/store/revision.ts";
import type { RunService } from "../../engine/store/run-service.ts";
import { flowText } from "./flow-engine.ts";
import type { ProjectFlows } from "./project-flows.ts";

/** Starts runs of the project's flows for steps. The step's key makes it one run, however often the step is tried. */
export function createFlowStarter(flows: Pick<ProjectFlows, "read">, runs: () => RunService): FlowService {
  return {
    async start({ flow: name, input, idempotencyKey, signal }) {
      const flow = await flows.read(name);
      signal.throwIfAborted();
      if (!flow) throw new HeddleError("not-found", { kind: "flow", name });
      // `runId/path`: the run whose step this is.
      const origin = { runId: idempotencyKey.split("/")[0]!, kind: "child" as const };
      return runs().start({ flow, name, revision: revisionOf(flowText(flow)), input, idempotencyKey, origin });
    },
  };
}
