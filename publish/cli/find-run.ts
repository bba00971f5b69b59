import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { HostClient } from "../../engine/rpc/client/index.ts";
import type { GatewayClient } from "../client/gateway-client.ts";

/** What ids are completed from. */
interface KnownRuns {
  latest(): Promise<readonly { runId: string }[]>;
  /** @throws HeddleError when there is no such run */
  look(runId: string): Promise<unknown>;
}

/** A run of the project by its id, or by a beginning of it that no other of the latest has. @throws HeddleError `cli.run-not-found`, `cli.which-run` */
export const findRun = (client: HostClient, given: string): Promise<string> =>
  completed(given, {
    latest: () => client.runs.list({ limit: 500 }),
    look: (runId) => client.runs.flowText({ runId }),
  });

/** The same for a run of the cluster. @throws HeddleError `cli.run-not-found`, `cli.which-run` */
export const findClusterRun = (gateway: GatewayClient, given: string): Promise<string> =>
  completed(given, { latest: () => gateway.runs({ limit: 500 }), look: (runId) => gateway.run(runId) });

async function completed(given: string, known: KnownRuns): Promise<string> {
  const begun = (await known.latest()).map(({ runId }) => runId).filter((runId) => runId.startsWith(given));
  const [run, ...others] = begun;
  if (run === undefined) return older(given, known);
  if (begun.includes(given)) return given;
  if (others.length === 0) return run;
  throw new HeddleError("cli.which-run", { run: given, runs: begun.slice(0, 5).join(", ") });
}

async function older(given: string, known: KnownRuns): Promise<string> {
  try {
    await known.look(given);
    return given;
  } catch (error) {
    if (!(error instanceof HeddleError) || error.status !== 404) throw error;
    throw new HeddleError("cli.run-not-found", { run: given }, { cause: error });
  }
}
