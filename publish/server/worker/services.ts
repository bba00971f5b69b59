import { canonicalJson } from "../../../engine/lib/canonical-json.ts";
import { HeddleError } from "../../../engine/lib/errors/error.ts";
import { createModelHost, type ModelDefinition, type ModelHost } from "../../../engine/model/index.ts";
import type { JsonObject } from "../../../engine/lib/json.ts";
import type { FileService, FlowService, NodeServices, Sandbox, SecretService } from "../../../engine/node/services.ts";
import { createToolHost, type ToolHost } from "../../../mcp/client/index.ts";
import { withOpenApi } from "../../../mcp/openapi/index.ts";
import { sha256 } from "../../bundle/bundle.ts";
import type { Bundle, Lock, LockedModel } from "../../bundle/index.ts";
import type { RunRequest } from "../run-request.ts";

export interface ServiceFactoryOptions {
  secrets: SecretService;
  sandbox: Sandbox;
  /** The models that the cluster's model server has. */
  models(): Promise<readonly ModelDefinition[]>;
  /** The SHA-256 of a model's file. */
  fileDigest(path: string): Promise<string>;
  /** The OpenAI-compatible address of the cluster's model server. */
  modelServer: string;
  /** Starts a run of a flow in the bundle. */
  startRun(run: RunRequest): Promise<void>;
}

/**
 * Gives each bundle the models and tools that it was locked to. Bundles share the sandbox, and those with the same servers and the same secrets
 * share the servers' processes: a flow's next revision doesn't start them again.
 */
export function createServiceFactory(options: ServiceFactoryOptions): {
  create(bundle: Bundle): Promise<NodeServices>;
  dispose(): Promise<void>;
} {
  const toolHosts = new Map<string, ToolHost>();
  const modelHosts: ModelHost[] = [];

  async function toolsOf({ servers: locked, secrets }: Lock): Promise<ToolHost> {
    const servers = Object.fromEntries(Object.entries(locked).map(([name, { config }]) => [name, config]));
    const env = await environment(secrets, options.secrets);
    const key = canonicalJson({ servers: servers as unknown as JsonObject, env });
    const host = toolHosts.get(key) ?? createToolHost({ servers, env });
    toolHosts.set(key, host);
    return host;
  }

  return {
    async create(bundle) {
      const { lock } = bundle;
      await requireModels(Object.values(lock.models), options);
      const models = createModelHost({
        definitions: Object.values(lock.models).map((model) => definitionOf(model, options.modelServer)),
        roles: Object.fromEntries(Object.entries(lock.models).map(([role, model]) => [role, clusterId(model)])),
        secrets: options.secrets,
      });
      modelHosts.push(models);
      const { sandbox, secrets, startRun } = options;
      const tools = withOpenApi(await toolsOf(lock), { files: NO_FILES, secrets, fetch });
      return { models, tools, sandbox, secrets, fetch, flows: flowsOf(bundle, startRun), files: NO_FILES };
    },
    async dispose() {
      await Promise.all([...toolHosts.values(), ...modelHosts].map((host) => host.dispose()));
    },
  };
}

/** Flows that go on by themselves: pinned like everything else of the bundle. The run's id follows from the step that starts it. */
function flowsOf(bundle: Bundle, startRun: ServiceFactoryOptions["startRun"]): FlowService {
  return {
    async start({ flow, input, idempotencyKey }) {
      if (!Object.hasOwn(bundle.flows, flow)) throw new HeddleError("not-found", { kind: "flow", name: flow });
      const inputHash = sha256(canonicalJson(input));
      const runId = `run_${sha256(`${idempotencyKey} ${flow}`).slice(0, 32)}`;
      const { digest } = bundle;
      await startRun({ runId, flow, revision: 0, digest, entry: flow, input, inputHash, startedAt: Date.now() });
      return runId;
    },
  };
}

const notHere = (path: string): HeddleError => new HeddleError("publish.files-not-here", { path });

/** A bundle carries no files. */
const NO_FILES: FileService = {
  read: (path) => Promise.reject(notHere(path)),
  write: (path) => Promise.reject(notHere(path)),
  list: (glob) => Promise.reject(notHere(glob)),
  resolve(path) {
    throw notHere(path);
  },
};

/** The flow was checked with these files: others would answer differently. */
async function requireModels(
  locked: readonly LockedModel[],
  { models, fileDigest }: ServiceFactoryOptions,
): Promise<void> {
  const present = await models();
  for (const model of locked) {
    if (model.kind !== "llama") continue;
    const found = present.find((candidate) => candidate.kind === "llama" && candidate.id === model.id);
    if (found?.kind !== "llama") throw new HeddleError("publish.model-absent", { model: model.id });
    if ((await fileDigest(found.path)) !== model.sha256)
      throw new HeddleError("publish.model-differs", { model: model.id });
  }
}

/** Local models run in the cluster's model server, so that workers share them. Their ids get a prefix: `demo` itself always means a process here. */
const clusterId = (model: LockedModel): string => (model.kind === "llama" ? `cluster/${model.id}` : model.id);

function definitionOf(model: LockedModel, modelServer: string): ModelDefinition {
  const { id } = model;
  if (model.kind === "llama") return { kind: "openai-compatible", id: clusterId(model), url: modelServer, model: id };
  return {
    kind: "openai-compatible",
    id,
    url: model.url,
    model: model.model,
    ...(model.secret && { secret: model.secret }),
  };
}

/** The secrets that the bundle names, for `${NAME}` in its servers' configs. The tool host adds the process's own variables. */
async function environment(names: readonly string[], secrets: SecretService): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of names) {
    const value = await secrets.get(name).catch(() => undefined);
    if (value !== undefined) found[name] = value;
  }
  return found;
}
