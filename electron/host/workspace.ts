import { basename } from "node:path";
import type { Project } from "../../engine/rpc/contract.ts";
import { createFlowFiles, type FlowFiles } from "../../engine/store/project/flow-files.ts";
import { watchFlows, type FlowWatch } from "../../engine/store/project/flow-watch.ts";
import { lockProject } from "../../engine/store/project/lock.ts";
import { readManifest, setModelRole } from "../../engine/store/project/manifest.ts";
import { createMcpFile, type McpFile } from "../../engine/store/project/mcp-file.ts";
import { watchFolder } from "../../engine/store/project/watch.ts";
import { existingFolder } from "../../engine/store/project/project-folder.ts";
import type { Publisher } from "../../publish/client/index.ts";
import type { HostServices } from "./context.ts";
import { lazy, type Lazy } from "./lazy.ts";
import { createWorkspacePublisher } from "./publishing.ts";
import { createRuntime, type Runtime } from "./runtime.ts";

/** The open project: its files, and what runs for it. */
export interface Workspace extends Omit<Runtime, "close"> {
  folder: string;
  flows: FlowFiles;
  changes: FlowWatch;
  mcp: McpFile;
  publisher: Lazy<Publisher>;
  project(): Promise<Project>;
  setModelRole(role: string, model: string): Promise<Project>;
  close(): Promise<void>;
}

/** Opens the project in `path` for this host alone. @throws HeddleError `project.missing`, `project.locked` */
export async function openWorkspace(path: string, services: HostServices): Promise<Workspace> {
  const folder = await existingFolder(path);
  const flows = createFlowFiles(folder, services.engine.isNewer);
  const unlock = lockProject(folder);
  const changes = await watchFlows(folder, flows).catch((error: unknown) => {
    unlock();
    throw error;
  });
  const mcp = createMcpFile(folder);
  const runtime = createRuntime(folder, mcp, services);
  const project = async (): Promise<Project> => {
    const { problem, ...manifest } = await readManifest(folder, basename(folder));
    return { ...manifest, path: folder, ...(problem && { problem: problem.toJSON() }) };
  };
  // heddle.yaml as another program changed it counts too.
  const followRoles = async () => (await services.models.made())?.setRoles((await project()).models);
  const stopFollowing = await watchFolder(folder, () => void followRoles().catch(services.report));
  return {
    folder,
    flows,
    changes,
    mcp,
    tools: runtime.tools,
    runs: runtime.runs,
    publisher: lazy(() => createWorkspacePublisher({ flows, mcp, project, tools: runtime.tools }, services)),
    project,
    async setModelRole(role, model) {
      await setModelRole(folder, basename(folder), role, model);
      return project();
    },
    async close() {
      stopFollowing();
      changes.close();
      await runtime.close();
      unlock();
    },
  };
}
