import type { LanguageModelV4 } from "@ai-sdk/provider";
import { HeddleError } from "../lib/errors/error.ts";
import type { ModelService, SecretService } from "../node/services.ts";
import type { ModelStatus } from "./status.ts";
import { DEMO_MODEL_ID, demoDefinition, modelDefinitionSchema, type ModelDefinition } from "./definition.ts";
import { llamaSource } from "./llama/source.ts";
import { remoteSource } from "./remote.ts";
import type { ModelSource } from "./source.ts";

export interface ModelHostOptions {
  /** The user's models; `demo`, the bundled one, is always there. */
  definitions?: readonly ModelDefinition[];
  /** The project's roles: role -> model id. Without an entry for it, `default` is the demo model. */
  roles?: Readonly<Record<string, string>>;
  secrets: SecretService;
  /** A model process that nobody called for so long is ended. Left out: never. */
  idleUnloadMs?: number;
}

/** The workplace's models: what nodes call, and what the models panel shows and steers. */
export interface ModelHost extends ModelService {
  list(): ModelStatus[];
  /** Called with the list at every change; returns the unsubscribe. */
  watch(listener: (models: ModelStatus[]) => void): () => void;
  /** Starts a llama process, or asks a URL for its models. @throws HeddleError `model.*` */
  load(id: string): Promise<ModelStatus>;
  unload(id: string): Promise<ModelStatus>;
  /** Starts the processes behind these roles or ids ahead of a run; failures show in the list, not here. */
  warm(rolesOrIds: readonly string[]): void;
  /** Adds or replaces a model. @throws HeddleError `model.bad-request` */
  add(definition: ModelDefinition): ModelStatus;
  remove(id: string): Promise<void>;
  setRoles(roles: Readonly<Record<string, string>>): void;
  /** Ends every model process. */
  dispose(): Promise<void>;
}

const DEFAULT_ROLE = "default";

export function createModelHost(options: ModelHostOptions): ModelHost {
  const sources = new Map<string, ModelSource>();
  const listeners = new Set<(models: ModelStatus[]) => void>();
  let roles: Readonly<Record<string, string>> = options.roles ?? {};

  function changed(): void {
    const models = list();
    for (const listener of listeners) listener(models);
  }

  function put(definition: ModelDefinition): ModelSource {
    const parsed = modelDefinitionSchema.safeParse(definition);
    if (!parsed.success) throw new HeddleError("model.bad-request", { detail: parsed.error.issues[0]?.message ?? "" });
    const model = parsed.data;
    const source =
      model.kind === "llama"
        ? llamaSource(model, { onChange: changed, idleUnloadMs: options.idleUnloadMs })
        : remoteSource(model, { onChange: changed, secrets: options.secrets });
    sources.set(model.id, source);
    return source;
  }

  function resolve(roleOrId: string): ModelSource {
    const id = roles[roleOrId] ?? (sources.has(roleOrId) ? roleOrId : undefined);
    const fallback = roleOrId === DEFAULT_ROLE ? DEMO_MODEL_ID : undefined;
    const source = sources.get(id ?? fallback ?? roleOrId);
    if (source) return source;
    const known = [...new Set([...Object.keys(roles), ...sources.keys()])].join(", ");
    throw new HeddleError("model.unknown", { model: id ?? roleOrId, known });
  }

  function rolesOf(id: string): string[] {
    const named = Object.keys(roles).filter((role) => roles[role] === id);
    return id === DEMO_MODEL_ID && roles[DEFAULT_ROLE] === undefined ? [DEFAULT_ROLE, ...named] : named;
  }

  const statusOf = (source: ModelSource): ModelStatus => ({
    ...source.status(),
    demo: source.id === DEMO_MODEL_ID,
    roles: rolesOf(source.id),
  });
  const list = () => [...sources.values()].map(statusOf);

  put(demoDefinition);
  for (const definition of options.definitions ?? []) put(definition);

  return {
    language: (roleOrId): LanguageModelV4 => resolve(roleOrId).model,
    list,
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async load(id) {
      const source = resolve(id);
      await source.load();
      return statusOf(source);
    },
    async unload(id) {
      const source = resolve(id);
      await source.unload();
      return statusOf(source);
    },
    warm(rolesOrIds) {
      for (const source of known(rolesOrIds)) void source.warm();
    },
    add(definition) {
      const before = sources.get(definition.id);
      const source = put(definition);
      void before?.dispose();
      changed();
      return statusOf(source);
    },
    async remove(id) {
      if (id === DEMO_MODEL_ID) throw new HeddleError("model.bad-request", { detail: "the demo model stays" });
      const source = sources.get(id);
      sources.delete(id);
      changed();
      await source?.dispose();
    },
    setRoles(next) {
      roles = next;
      changed();
    },
    async dispose() {
      listeners.clear();
      await Promise.all([...sources.values()].map((source) => source.dispose()));
    },
  };

  function known(rolesOrIds: readonly string[]): Set<ModelSource> {
    return new Set(
      rolesOrIds.flatMap((name) => {
        try {
          return [resolve(name)];
        } catch {
          return [];
        }
      }),
    );
  }
}
