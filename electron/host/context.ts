import type { ModelHost } from "../../engine/model/index.ts";
import type { Project } from "../../engine/rpc/contract.ts";
import type { Home } from "../../engine/store/home/home.ts";
import type { ModelRegistry } from "../../engine/store/home/model-registry.ts";
import type { SecretStore } from "../../engine/store/home/secrets.ts";
import type { SettingsStore } from "../../engine/store/home/settings.ts";
import type { OwnWork } from "./begin-work.ts";
import type { FlowEngine } from "./flow-engine.ts";
import type { Lazy } from "./lazy.ts";
import type { Workspace } from "./workspace.ts";

/** What belongs to the user and outlives the open project. */
export interface HostServices {
  home: Home;
  /** Root of the installation: where assets/ lies. */
  app: string;
  settings: SettingsStore;
  secrets: SecretStore;
  registry: ModelRegistry;
  models: Lazy<ModelHost>;
  work: OwnWork;
  /** Where programs reach this host over HTTP: `http://127.0.0.1:4310`; undefined before it listens. */
  address(): string | undefined;
  /** Takes a failure of work that nobody waits for. */
  report(error: unknown): void;
}

/** What the routes of the contract work with. */
export interface HostContext extends HostServices {
  /** What is known of flows: with the open project's own nodes, where one is open. */
  engine(): FlowEngine;
  /** The open project, if one is. */
  current(): Workspace | undefined;
  /** The open project. @throws HeddleError `project.none` */
  workspace(): Workspace;
  /** Opens a project in place of the current one. */
  open(path: string): Promise<Project>;
}
