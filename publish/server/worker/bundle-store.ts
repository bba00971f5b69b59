import type { Kysely } from "kysely";
import { readFlow } from "../../../engine/flow/index.ts";
import { HeddleError } from "../../../engine/lib/errors/error.ts";
import type { JsonSchema } from "../../../engine/lib/json.ts";
import type { Catalog } from "../../../engine/node/catalog.ts";
import type { NodeServices } from "../../../engine/node/services.ts";
import { planOrThrow, type RunPlan } from "../../../engine/run/plan.ts";
import { analyzeFlow } from "../../../engine/flow/index.ts";
import { trustedPublishers, verifyBundle, type Bundle } from "../../bundle/index.ts";
import type { Catalogue } from "../database/schema.ts";
import type { TriggerSpec } from "../run-request.ts";

/** A bundle ready to run: verified, planned, with the models and tools that it was locked to. */
export interface LoadedBundle {
  bundle: Bundle;
  title: string;
  input: JsonSchema;
  /** What something outside may fire. */
  triggers: TriggerSpec[];
  plan: RunPlan;
  /** The plan of a flow that the published one starts. @throws HeddleError `not-found` */
  planOf(flow: string): RunPlan;
  services: NodeServices;
}

export interface BundleStore {
  /** Loaded once and kept: a bundle never changes. @throws HeddleError `publish.*`, `flow.*` */
  load(digest: string): Promise<LoadedBundle>;
}

export interface BundleStoreOptions {
  db: Kysely<Catalogue>;
  catalog: Catalog;
  trustedPublishers: string;
  services(bundle: Bundle): Promise<NodeServices>;
}

export function createBundleStore(options: BundleStoreOptions): BundleStore {
  const loaded = new Map<string, Promise<LoadedBundle>>();

  async function load(digest: string): Promise<LoadedBundle> {
    const row = await options.db.selectFrom("bundles").select("bundle").where("digest", "=", digest).executeTakeFirst();
    if (!row) throw new HeddleError("publish.bundle-unknown", { digest });
    // Verified here too: the catalogue is not the only way into a database.
    const bundle = verifyBundle(JSON.parse(row.bundle), trustedPublishers(options.trustedPublishers));
    for (const [type, version] of Object.entries(bundle.lock.nodes)) requireNode(options.catalog, type, version);
    const { flow } = readFlow(bundle.source);
    const flows = Object.fromEntries(
      Object.entries(bundle.flows).map(([name, { source }]) => [name, readFlow(source).flow]),
    );
    const { input, triggers } = analyzeFlow({ flow, problems: [] }, options.catalog);
    return {
      bundle,
      title: flow.name,
      input,
      triggers: triggers.map(({ key, kind }) => ({ node: key, kind, config: flow.nodes[key]!.config ?? {} })),
      plan: planOrThrow(flow, options.catalog, { flows }),
      planOf(name) {
        const called = flows[name];
        if (!called) throw new HeddleError("not-found", { kind: "flow", name });
        return planOrThrow(called, options.catalog, { flows });
      },
      services: await options.services(bundle),
    };
  }

  return {
    load(digest) {
      const known = loaded.get(digest) ?? load(digest);
      loaded.set(digest, known);
      known.catch(() => loaded.delete(digest));
      return known;
    },
  };
}

/** An older config is lifted by the node's own migration; a newer one can't be understood. */
function requireNode(catalog: Catalog, type: string, version: number): void {
  if (catalog.has(type) && catalog.get(type).version >= version) return;
  throw new HeddleError("publish.node-unsupported", { type, version });
}
