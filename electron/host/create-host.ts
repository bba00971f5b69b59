import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { Project } from "../../engine/rpc/contract.ts";
import type { HostRouter } from "../../engine/rpc/server/index.ts";
import { heddleHome, type Home } from "../../engine/store/home/home.ts";
import { createModelRegistry } from "../../engine/store/home/model-registry.ts";
import { createSecretStore, type KeySource } from "../../engine/store/home/secrets.ts";
import { createSettingsStore } from "../../engine/store/home/settings.ts";
import { createProject, folderPath, isFolder, isFree } from "../../engine/store/project/project-folder.ts";
import { APP_ROOT } from "./app-root.ts";
import type { HostContext } from "./context.ts";
import { createFlowEngine } from "./flow-engine.ts";
import { lazy } from "./lazy.ts";
import { createRouter } from "./router.ts";
import { ownSample } from "./sample.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

export interface HostOptions {
  home?: Home;
  /** Folder to open; without it the last project, or the sample on first start. A folder that is empty or missing becomes a new project. */
  projectPath?: string;
  /** Where the key of secrets comes from, when not from a file in HEDDLE_HOME. */
  secretKey?: KeySource;
  /** Told of failures that nobody waits for. */
  onError?(error: HeddleError): void;
}

/** The workstation's engine behind the contract: what every transport serves. */
export interface Host {
  router: HostRouter;
  /** Ends runs, model processes and MCP servers, and frees the project. */
  close(): Promise<void>;
}

/** Composes the host and opens a project. @throws HeddleError `project.locked` */
export async function createHost(options: HostOptions = {}): Promise<Host> {
  const home = options.home ?? heddleHome();
  const settings = createSettingsStore(home);
  const secrets = createSecretStore(home, options.secretKey);
  const registry = createModelRegistry(home);
  const engine = createFlowEngine();
  let current: Workspace | undefined;
  let opening: Promise<unknown> = Promise.resolve();

  const models = lazy(async () => {
    const { createModelHost } = await import("../../engine/model/host.ts");
    const roles = (await current?.project())?.models ?? {};
    return createModelHost({ definitions: await registry.list(), roles, secrets });
  });

  const context: HostContext = {
    home,
    app: APP_ROOT,
    engine,
    settings,
    secrets,
    registry,
    models,
    report: (error) => options.onError?.(HeddleError.from(error)),
    current: () => current,
    workspace() {
      if (!current) throw new HeddleError("project.none");
      return current;
    },
    open(path) {
      // One after the other: of two projects opened at once, the later one stays.
      const next = opening.then(() => switchTo(path));
      opening = next.catch(() => {});
      return next;
    },
  };

  async function switchTo(path: string): Promise<Project> {
    if (current?.folder === folderPath(path)) return current.project();
    const opened = await openWorkspace(path, context);
    await current?.close();
    current = opened;
    // Runs that the last process left unfinished go on in the background.
    void opened.runs().catch(context.report);
    await settings.opened(opened.folder);
    const project = await opened.project();
    (await models.made())?.setRoles(project.models);
    return project;
  }

  await context.open(await firstProject(context, options.projectPath));
  return {
    router: createRouter(context),
    async close() {
      await opening;
      await current?.close();
      await (await models.made())?.dispose();
    },
  };
}

async function firstProject(context: HostContext, asked: string | undefined): Promise<string> {
  if (asked !== undefined) return (await isFree(asked)) ? createProject(asked) : asked;
  const [last] = await context.settings.recent();
  if (last !== undefined && (await isFolder(last))) return last;
  return ownSample(context.app, context.home);
}
