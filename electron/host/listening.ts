import { join } from "node:path";
import { STATE_FOLDER } from "../../engine/store/project/lock.ts";
import type { FlowFiles } from "../../engine/store/project/flow-files.ts";
import type { FlowWatch } from "../../engine/store/project/flow-watch.ts";
import type { RunService } from "../../engine/store/run-service.ts";
import type { TriggerService } from "../../engine/triggers/trigger-service.ts";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { HostServices } from "./context.ts";
import type { FlowEngine } from "./flow-engine.ts";
import type { Lazy } from "./lazy.ts";

export interface ListeningOptions {
  folder: string;
  flows: FlowFiles;
  changes: FlowWatch;
  engine: FlowEngine;
  runs: Lazy<RunService>;
  address(): string | undefined;
}

/** The triggers of the open project's flows, from when it is first called on. */
export interface Listening {
  service: TriggerService;
  close(): Promise<void>;
}

/** Listens for the flows that are switched on, with what is remembered of them in the project's own database. */
export async function startListening(options: ListeningOptions, services: HostServices): Promise<Listening> {
  const { folder, flows, changes, engine } = options;
  const [{ createTriggerService }, { TRIGGER_MIGRATIONS }, { openDatabase }, runs] = await Promise.all([
    import("../../engine/triggers/trigger-service.ts"),
    import("../../engine/triggers/migrations.ts"),
    import("../../engine/store/database.ts"),
    options.runs(),
  ]);
  const database = openDatabase({
    path: join(folder, STATE_FOLDER, "triggers.sqlite"),
    migrations: TRIGGER_MIGRATIONS,
  });
  const service = await createTriggerService({
    database,
    runs,
    files: { list: () => flows.list(), read: (name) => flows.read(name).catch(absent) },
    read: engine.readForRunning,
    secrets: services.secrets,
    folder,
    listens: services.work === "all",
    address: options.address,
    report: services.report,
  });
  const leave = changes.subscribe(({ name }) => void service.refresh(name).catch(services.report));
  return {
    service,
    async close() {
      leave();
      await service.close();
      database.close();
    },
  };
}

function absent(error: unknown): undefined {
  if (error instanceof HeddleError && error.code === "not-found") return undefined;
  throw error;
}
