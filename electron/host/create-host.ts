import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { HostClient } from "../../engine/rpc/client/index.ts";
import type { Project } from "../../engine/rpc/contract.ts";
import { localClient, type HostRouter } from "../../engine/rpc/server/index.ts";
import { heddleHome, type Home } from "../../engine/store/home/home.ts";
import { createModelRegistry } from "../../engine/store/home/model-registry.ts";
import { createSecretStore, type KeySource } from "../../engine/store/home/secrets.ts";
import { createSettingsStore } from "../../engine/store/home/settings.ts";
import { createProject, folderPath, isFolder, isFree } from "../../engine/store/project/project-folder.ts";
import { APP_ROOT } from "./app-root.ts";
import { beginWork, type BegunWork, type OwnWork } from "./begin-work.ts";
import type { HostContext } from "./context.ts";
import { createFlowEngine, type FlowEngine } from "./flow-engine.ts";
import { removeHostAddress, writeHostAddress, type HostAddress } from "./host-address.ts";
import { createHostHttp, type HostHttp } from "./http-routes.ts";
import { lazy } from "./lazy.ts";
import { createRouter } from "./router.ts";
import { ownSample } from "./sample.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

export interface HostOptions {
  home?: Home;
  /** Folder to open; without it the last project, or the sample on first start. A folder that is empty or missing becomes a new project. */
  projectPath?: string;
  /** What the project does by itself; default: everything. A host of less lives as long as one command, and isn't remembered as opened. */
  work?: OwnWork;
  /** Where the key of secrets comes from, when not from a file in HEDDLE_HOME. */
  secretKey?: KeySource;
  /** Told of failures that nobody waits for. */
  onError?(error: HeddleError): void;
}

/** The workstation's engine behind the contract: what every transport serves. */
export interface Host {
  router: HostRouter;
  /** The contract, answered in this process. */
  client: HostClient;
  /** What programs other than the studio call over HTTP. */
  http: HostHttp;
  /** Says which server answers for this host. Programs beside it find it in the open project's folder. */
  served(server: HostAddress): Promise<void>;
  /** Resolves when every run has ended or only waits. */
  settled(): Promise<void>;
  /** Ends runs, model processes and MCP servers, and frees the project. */
  close(): Promise<void>;
}

/** Composes the host and opens a project. @throws HeddleError `project.locked` */
export async function createHost(options: HostOptions = {}): Promise<Host> {
  const home = options.home ?? heddleHome();
  const settings = createSettingsStore(home);
  const secrets = createSecretStore(home, options.secretKey);
  const registry = createModelRegistry(home);
  let builtIn: FlowEngine | undefined;
  let current: Workspace | undefined;
  let work: BegunWork | undefined;
  let server: HostAddress | undefined;
  let opening: Promise<unknown> = Promise.resolve();

  const models = lazy(async () => {
    const { createModelHost } = await import("../../engine/model/host.ts");
    const roles = (await current?.project())?.models ?? {};
    return createModelHost({ definitions: await registry.list(), roles, secrets });
  });

  const context: HostContext = {
    home,
    app: APP_ROOT,
    settings,
    secrets,
    registry,
    models,
    work: options.work ?? "all",
    report: (error) => options.onError?.(HeddleError.from(error)),
    address: () => server?.address,
    engine: () => current?.engine ?? (builtIn ??= createFlowEngine()),
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
    await leave();
    current = opened;
    work = beginWork(opened, context);
    if (context.work === "all") await settings.opened(opened.folder);
    // Whoever wakes a run wants it to go on: then it does so from here on.
    if (context.work === "runs") await work.begun;
    if (server) await writeHostAddress(opened.folder, server);
    const project = await opened.project();
    (await models.made())?.setRoles(project.models);
    return project;
  }

  async function leave(): Promise<void> {
    await work?.end();
    if (!current) return;
    if (server) await removeHostAddress(current.folder);
    await current.close();
  }

  await context.open(await firstProject(context, options.projectPath)).catch(async (error: unknown) => {
    // What watches and listens already would keep the process from ending.
    await leave();
    throw error;
  });
  const router = createRouter(context);
  const client = localClient(router);
  const http = createHostHttp(context, client);
  return {
    router,
    client,
    http,
    async served({ address, token }) {
      server = { address, token };
      await opening;
      if (current) await writeHostAddress(current.folder, server);
    },
    async settled() {
      await (await current?.runs.made())?.settled();
    },
    async close() {
      await opening;
      await http.close();
      await leave();
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
