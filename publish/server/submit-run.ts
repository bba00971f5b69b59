import { HeddleError } from "../../engine/lib/errors/error.ts";
import { RUN_SERVICE, type RunRequest } from "./run-request.ts";

/** Hands a run to Restate; returns when it is recorded. The same run again is the same run. @throws HeddleError `publish.engine-unavailable` */
export async function submitRun(ingress: string, run: RunRequest): Promise<void> {
  const response = await fetch(`${ingress}/${RUN_SERVICE}/execute/send`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json", "idempotency-key": run.runId },
    body: JSON.stringify(run),
    signal: AbortSignal.timeout(10_000),
  }).catch((cause: unknown) => {
    throw new HeddleError("publish.engine-unavailable", { detail: "its engine doesn’t answer" }, { cause });
  });
  if (response.ok || response.status === 409) return;
  const detail = `its engine answered ${response.status}`;
  throw new HeddleError("publish.engine-unavailable", { detail }, { cause: await response.text() });
}
