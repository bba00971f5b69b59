import { basename } from "node:path";
import type { Project } from "../../engine/rpc/contract.ts";
import { createFlowFiles, type FlowFiles } from "../../engine/store/project/flow-files.ts";
import { watchFlows, type FlowWatch } from "../../engine/store/project/flow-watch.ts";
import { lockProject } from "../../engine/store/project/lock.ts";
import { readManifest, setModelRole } from "../../engine/store/project/manifest.ts";
import { createMcpFile, type McpFile } from "../../engine/store/project/mcp-file.ts";
import { watchFolder } from "../../engine/store/project/watch.ts";
import { existingFolder } from "../../engine/store/project/project-folder.ts";
import type { TriggerService } from "../../engine/triggers/trigger-service.ts";
import type { Publisher } from "../../publish/client/index.ts";
import type { HostServices } from "./context.ts";
import { createFlowEngine, isNewer, type FlowEngine } from "./flow-engine.ts";
import { lazy, type Lazy } from "./lazy.ts";
import { startListening } from "./listening.ts";
import { createOwnNodes, type OwnNodes } from "./own-nodes.ts";
import { createProjectFlows, type ProjectFlows } from "./project-flows.ts";
import { createWorkspacePublisher } from "./publishing.ts";
import { createRuntime, type Runtime } from "./runtime.ts";

/** The open project: its files, and what runs for it. */
export interface Workspace extends Omit<Runtime, "close"> {
  folder: string;
  /** The built-in nodes and the project's own. */
  engine: FlowEngine;
  flows: FlowFiles;
  projectFlows: ProjectFlows;
  changes: FlowWatch;
  mcp: McpFile;
  triggers: Lazy<TriggerService>;
  ownNodes: OwnNodes;
  /** Resolves when the project's own nodes and its flows are known: what is said of a flow before could be wrong. */
  known(): Promise<void>;
  publisher: Lazy<Publisher>;
  project(): Promise<Project>;
  setModelRole(role: string, model: string): Promise<Project>;
  /** A flow's file is now as `revision` says (null: gone), by our own doing. */
  wrote(flow: string, revision: string | null): Promise<void>;
  close(): Promise<void>;
}

/** Opens the project in `path` for this host alone. @throws HeddleError `project.missing`, `project.locked` */
export async function openWorkspace(path: string, services: HostServices): Promise<Workspace> {
  const folder = await existingFolder(path);
  const flows = createFlowFiles(folder, isNewer);
  const projectFlows = createProjectFlows(flows);
  const engine = createFlowEngine(projectFlows.all);
  const unlock = lockProject(folder);
  const changes = await watchFlows(folder, flows).catch((error: unknown) => {
    unlock();
    throw error;
  });
  const mcp = createMcpFile(folder);
  const runtime = createRuntime({ folder, mcp, engine, flows: projectFlows }, services);
  const listening = lazy(() =>
    startListening({ folder, flows, changes, engine, runs: runtime.runs, address: services.address }, services),
  );
  const stopLooking = changes.subscribe(({ name }) => void projectFlows.read(name).catch(services.report));
  const ownNodes = createOwnNodes({
    folder,
    engine,
    changed: async () => (await listening.made())?.service.refreshAll(),
    report: services.report,
  });
  const project = async (): Promise<Project> => {
    const { problem, ...manifest } = await readManifest(folder, basename(folder));
    return { ...manifest, path: folder, ...(problem && { problem: problem.toJSON() }) };
  };
  // heddle.yaml as another program changed it counts too.
  const followRoles = async () => (await services.models.made())?.setRoles((await project()).models);
  const stopFollowing = await watchFolder(folder, () => void followRoles().catch(services.report));
  return {
    folder,
    engine,
    flows,
    projectFlows,
    changes,
    mcp,
    tools: runtime.tools,
    runs: runtime.runs,
    triggers: Object.assign(async () => (await listening()).service, {
      made: () => listening.made()?.then((made) => made?.service),
    }),
    publisher: lazy(() => createWorkspacePublisher({ engine, flows, mcp, project, tools: runtime.tools }, services)),
    ownNodes,
    async known() {
      await Promise.all([ownNodes.load(), projectFlows.known()]);
    },
    project,
    async setModelRole(role, model) {
      await setModelRole(folder, basename(folder), role, model);
      return project();
    },
    async wrote(name, revision) {
      changes.expect({ name, revision });
      await projectFlows.read(name);
      await (await listening.made())?.service.refresh(name);
    },
    async close() {
      stopFollowing();
      stopLooking();
      changes.close();
      await (await listening.made())?.close();
      await runtime.close();
      await ownNodes.close();
      unlock();
    },
  };
}
