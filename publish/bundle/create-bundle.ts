import { flowMeaning, problemWords, readFlow, type Flow, type FlowSource } from "../../engine/flow/index.ts";
import type { FieldSite } from "../../engine/flow/node-types.ts";
import type { FlowNode } from "../../engine/flow/schema.ts";
import { canonicalJson } from "../../engine/lib/canonical-json.ts";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonValue } from "../../engine/lib/json.ts";
import type { Catalog } from "../../engine/node/catalog.ts";
import type { ToolService } from "../../engine/node/services.ts";
import { flowsUsed } from "../../engine/run/collect-flows.ts";
import { planRun } from "../../engine/run/plan.ts";
import type { McpServerConfig } from "../../engine/rpc/contract.ts";
import {
  BUNDLE_FORMAT,
  bundleDigest,
  sha256,
  type Bundle,
  type Lock,
  type LockedModel,
  type LockedServer,
} from "./bundle.ts";
import { maskServer, referencedNames } from "./mask-secrets.ts";

/** A model as this machine knows it. */
export type BundleModel =
  | { kind: "llama"; id: string; path: string }
  | { kind: "openai-compatible"; id: string; url: string; model: string; secret?: string };

/** Everything that a flow may lean on in its project and on this machine. */
export interface BundleSources {
  catalog: Catalog;
  /** Heddle's version. */
  version: string;
  /** The project's roles: role -> model id. */
  roles: Readonly<Record<string, string>>;
  models: readonly BundleModel[];
  /** The SHA-256 of a model's file. */
  fileDigest(path: string): Promise<string>;
  servers: Readonly<Record<string, McpServerConfig>>;
  tools: Pick<ToolService, "list">;
  /** The text of another flow of the project, for steps that run one; undefined where there is none. */
  flowText(name: string): Promise<string | undefined>;
  /** Values that must not leave: name -> value. */
  secrets: Readonly<Record<string, string>>;
}

export interface CreatedBundle {
  bundle: Bundle;
  /** Secrets that stood in mcp.json itself and were replaced by names: name -> value. They stay on this machine. */
  kept: Record<string, string>;
}

/** Freezes a flow. @throws HeddleError `publish.flow-invalid`, `publish.third-party-node`, `publish.model-unknown`, `publish.server-unknown`, `publish.secret-inside`, `tool.*` */
export async function createBundle(
  flow: { name: string; text: string },
  sources: BundleSources,
): Promise<CreatedBundle> {
  const parts = await collectParts(flow, sources);
  refuseThirdParty(parts, sources.catalog);
  refuseProblems(parts, sources.catalog);
  const [main, ...called] = parts;
  const meaning = flowMeaning(main!.source.flow);
  const used = usedBy(
    parts.map((part) => part.source.flow),
    sources.catalog,
  );
  const { servers, kept } = await lockServers(used.servers, sources);
  const models = await lockModels(used.models, sources);
  const lock: Lock = {
    heddle: sources.version,
    models,
    servers,
    nodes: Object.fromEntries(used.types.map((type) => [type, sources.catalog.get(type).version])),
    secrets: secretNames([meaning, ...called.map((part) => flowMeaning(part.source.flow))], models, servers),
  };
  const flows = Object.fromEntries(
    called.map(({ name, source }) => [name, { meaning: flowMeaning(source.flow), source: source.text }]),
  );
  const bundle: Bundle = {
    format: BUNDLE_FORMAT,
    name: flow.name,
    meaning,
    lock,
    source: flow.text,
    flows,
    digest: bundleDigest({ meaning, lock, flows }),
  };
  refuseSecrets(bundle, { ...sources.secrets, ...kept });
  return { bundle, kept };
}

interface Part {
  name: string;
  source: FlowSource;
}

/** The flow, then every flow that it runs and that those run, each once. */
async function collectParts(flow: { name: string; text: string }, sources: BundleSources): Promise<Part[]> {
  const parts: Part[] = [{ name: flow.name, source: readFlow(flow.text) }];
  for (const { source } of parts) {
    for (const { name } of flowsUsed(source.flow, sources.catalog)) {
      if (parts.some((part) => part.name === name)) continue;
      const text = await sources.flowText(name);
      if (text !== undefined) parts.push({ name, source: readFlow(text) });
    }
  }
  return parts;
}

/** What can't run here can't run there either. @throws HeddleError `publish.flow-invalid` */
function refuseProblems([main, ...called]: readonly Part[], catalog: Catalog): void {
  const { name, source } = main!;
  const unread = source.problems.filter(({ severity }) => severity === "error");
  const flows = Object.fromEntries(called.map((part) => [part.name, part.source.flow]));
  const planning = planRun(source.flow, catalog, { flows });
  const problems = [...unread, ...(planning.ok ? [] : planning.problems)];
  const [first] = problems;
  if (!first) return;
  throw new HeddleError("publish.flow-invalid", {
    flow: name,
    count: problems.length,
    ...problemWords(first),
  });
}

interface Used {
  types: string[];
  models: string[];
  servers: string[];
}

/** What the flow names, from the hints of its nodes' schemas, defaults included. */
function usedBy(flows: readonly Flow[], catalog: Catalog): Used {
  const nodes = flows
    .flatMap((flow) => Object.values(flow.nodes))
    .filter((node) => catalog.get(node.type).role !== "note");
  const sites = nodes.flatMap((node) => sitesOf(node, catalog));
  const named = (kind: string) =>
    [...new Set(sites.filter((site) => site.kind === kind).map((site) => site.value))].sort();
  return {
    types: [...new Set(nodes.map((node) => node.type))].sort(),
    models: named("model"),
    servers: named("server"),
  };
}

/** The workers have the built-in nodes only. @throws HeddleError `publish.third-party-node` */
function refuseThirdParty(parts: readonly Part[], catalog: Catalog): void {
  const nodes = parts.flatMap(({ source }) => Object.values(source.flow.nodes));
  for (const { type } of nodes) {
    const origin = catalog.has(type) ? catalog.get(type).origin : undefined;
    if (origin) throw new HeddleError("publish.third-party-node", { type, origin: origin.name });
  }
}

function sitesOf(node: FlowNode, catalog: Catalog): FieldSite[] {
  const config = catalog.get(node.type).config.safeParse(node.config ?? {});
  return catalog.sites(node.type, config.success ? config.data : (node.config ?? {}));
}

async function lockModels(names: readonly string[], sources: BundleSources): Promise<Record<string, LockedModel>> {
  const locked = names.map(async (name) => {
    const id = sources.roles[name] ?? name;
    const definition = sources.models.find((model) => model.id === id);
    if (!definition) throw new HeddleError("publish.model-unknown", { model: name });
    return [name, await lockModel(definition, sources)] as const;
  });
  return Object.fromEntries(await Promise.all(locked));
}

async function lockModel(definition: BundleModel, sources: BundleSources): Promise<LockedModel> {
  const { id } = definition;
  if (definition.kind === "llama") return { kind: "llama", id, sha256: await sources.fileDigest(definition.path) };
  const { url, model, secret } = definition;
  return { kind: "openai-compatible", id, url, model, ...(secret !== undefined && { secret }) };
}

async function lockServers(
  names: readonly string[],
  sources: BundleSources,
): Promise<{ servers: Record<string, LockedServer>; kept: Record<string, string> }> {
  const masked = names.map((name) => {
    const config = sources.servers[name];
    if (!config) throw new HeddleError("publish.server-unknown", { server: name });
    return { name, ...maskServer(name, config) };
  });
  const tools = await Promise.all(names.map((name) => sources.tools.list(name)));
  const servers = masked.map(({ name, config }, index): [string, LockedServer] => {
    const hashes = tools[index]!.map((tool) => ({
      name: tool.name,
      sha256: sha256(canonicalJson(tool.inputSchema as JsonValue)),
    }));
    return [name, { config, tools: hashes.toSorted((a, b) => (a.name < b.name ? -1 : 1)) }];
  });
  return {
    servers: Object.fromEntries(servers),
    kept: Object.assign({}, ...masked.map(({ secrets }) => secrets)) as Record<string, string>,
  };
}

function secretNames(
  meanings: readonly JsonValue[],
  models: Record<string, LockedModel>,
  servers: Record<string, LockedServer>,
): string[] {
  const inFlow = [...JSON.stringify(meanings).matchAll(/\bsecrets\.([A-Za-z_][A-Za-z0-9_]*)/g)].map(
    (match) => match[1]!,
  );
  const ofModels = Object.values(models).flatMap((model) =>
    model.kind === "openai-compatible" && model.secret ? [model.secret] : [],
  );
  const ofServers = Object.values(servers).flatMap(({ config }) => referencedNames(config));
  return [...new Set([...inFlow, ...ofModels, ...ofServers])].sort();
}

/** Shorter values would be found by chance. */
const TELLING_LENGTH = 6;

function refuseSecrets(bundle: Bundle, secrets: Readonly<Record<string, string>>): void {
  const text = JSON.stringify(bundle);
  for (const [name, value] of Object.entries(secrets)) {
    if (value.length < TELLING_LENGTH) continue;
    if (text.includes(JSON.stringify(value).slice(1, -1)))
      throw new HeddleError("publish.secret-inside", { flow: bundle.name, name });
  }
}
