import { fileURLToPath } from "node:url";
import { z } from "zod";

const idSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}$/);

/** A GGUF file that llama.cpp runs in a process of its own. */
export const llamaDefinitionSchema = z.object({
  kind: z.literal("llama"),
  id: idSchema,
  path: z.string().min(1),
  title: z.string().optional(),
  /** `auto` takes the best GPU there is and the CPU where there is none. */
  gpu: z.union([z.literal("auto"), z.literal(false)]).default("auto"),
  /** Tokens that one call may hold, prompt and answer together; at most what the model was trained for. */
  contextSize: z.int().min(64).optional(),
  /** Calls that are computed at the same time. */
  sequences: z.int().min(1).max(64).optional(),
  threads: z.int().min(1).optional(),
});

/** A model behind a URL that speaks the OpenAI protocol. `secret` is the name of its API key, never the key. */
export const remoteDefinitionSchema = z.object({
  kind: z.literal("openai-compatible"),
  id: idSchema,
  url: z.url({ protocol: /^https?$/ }),
  /** What the server calls it. */
  model: z.string().min(1),
  secret: z.string().optional(),
  title: z.string().optional(),
});

export const modelDefinitionSchema = z.discriminatedUnion("kind", [llamaDefinitionSchema, remoteDefinitionSchema]);

/** A model as the user's models.json holds it. */
export type ModelDefinition = z.input<typeof modelDefinitionSchema>;
export type LlamaDefinition = z.output<typeof llamaDefinitionSchema>;
export type RemoteDefinition = z.output<typeof remoteDefinitionSchema>;

export const DEMO_MODEL_ID = "demo";

/** The bundled model. On so small a model one thread is fastest and a GPU gains nothing. */
export const demoDefinition: LlamaDefinition = {
  kind: "llama",
  id: DEMO_MODEL_ID,
  path: fileURLToPath(new URL("../../assets/demo-model/demo-q8.gguf", import.meta.url)),
  title: "Demo model",
  gpu: false,
  sequences: 4,
  threads: 1,
};
