import { createHash } from "node:crypto";
import { z } from "zod";
import { mcpServerConfigSchema } from "../../engine/rpc/contract.ts";
import { canonicalJson } from "../../engine/lib/canonical-json.ts";
import type { JsonObject, JsonValue } from "../../engine/lib/json.ts";

/** SHA-256 as lower-case hex. */
const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** What a model role stood for when the flow was published: the file's hash, or the name at a URL. Never a path, never a key. */
export const lockedModelSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("llama"), id: z.string(), sha256: sha256Schema }),
  z.object({
    kind: z.literal("openai-compatible"),
    id: z.string(),
    url: z.string(),
    model: z.string(),
    /** The name of the secret that holds its API key. */
    secret: z.string().optional(),
  }),
]);
export type LockedModel = z.infer<typeof lockedModelSchema>;

export const lockedServerSchema = z.object({
  config: mcpServerConfigSchema,
  /** Each tool with the hash of its input schema, sorted by name: what the flow was checked against. */
  tools: z.array(z.object({ name: z.string(), sha256: sha256Schema })),
});
export type LockedServer = z.infer<typeof lockedServerSchema>;

export const lockSchema = z.object({
  heddle: z.string(),
  /** Role or id, as the flow says it -> model. */
  models: z.record(z.string(), lockedModelSchema),
  servers: z.record(z.string(), lockedServerSchema),
  /** Node type -> version. */
  nodes: z.record(z.string(), z.int()),
  /** Names of the secrets that the target has to provide, sorted. */
  secrets: z.array(z.string()),
});
export type Lock = z.infer<typeof lockSchema>;

export const BUNDLE_FORMAT = 1;

/** A frozen flow: what it means, what it was made with, and its file byte for byte. */
export const bundleSchema = z.object({
  format: z.literal(BUNDLE_FORMAT),
  /** What endpoints call the flow: its file's name. */
  name: z.string().min(1).max(100),
  meaning: z.record(z.string(), z.json()),
  lock: lockSchema,
  source: z.string(),
  /** The flows that this one runs, by name, each with all that they run in turn. */
  flows: z.record(z.string(), z.object({ meaning: z.record(z.string(), z.json()), source: z.string() })).default({}),
  digest: sha256Schema,
  signature: z.object({ publisher: z.string(), value: z.base64() }).optional(),
});
export type Bundle = z.infer<typeof bundleSchema>;

export const sha256 = (bytes: string | Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** The bundle's address: one hash for one meaning made with one set of models, tools and nodes, whatever the file looks like. */
export function bundleDigest({ meaning, lock, flows }: Pick<Bundle, "meaning" | "lock" | "flows">): string {
  const meanings = Object.entries(flows).map(([name, flow]) => [name, flow.meaning]);
  const called: JsonObject = meanings.length > 0 ? { flows: Object.fromEntries(meanings) as JsonObject } : {};
  return sha256(canonicalJson({ format: BUNDLE_FORMAT, meaning, lock: lock as unknown as JsonValue, ...called }));
}

/** The bytes that the signature stands for: the digest, and what isn't in it. */
export function signedBytes({ digest, name, source, flows }: Bundle): Buffer {
  const sources = Object.entries(flows).map(([called, flow]) => [called, sha256(flow.source)]);
  const others: JsonObject = sources.length > 0 ? { flows: Object.fromEntries(sources) as JsonObject } : {};
  return Buffer.from(canonicalJson({ digest, name, source: sha256(source), ...others }));
}
