import { join } from "node:path";
import { Document, parseDocument } from "yaml";
import { z } from "zod";
import { HeddleError } from "../../lib/errors/error.ts";
import { DEMO_MODEL_ID } from "../../model/definition.ts";
import { readIfThere } from "../json-file.ts";
import { writeAtomic } from "../write-atomic.ts";

export const MANIFEST_FILE = "heddle.yaml";

const manifestSchema = z.looseObject({
  heddle: z.literal(1),
  name: z.string().min(1),
  /** role -> model id */
  models: z.record(z.string(), z.string()).default({}),
  /** The flow that a first look at the project opens; default: the first by name. */
  opens: z.string().optional(),
});

export interface Manifest {
  name: string;
  models: Record<string, string>;
  opens?: string;
  /** Why the defaults stand in for the file. */
  problem?: HeddleError;
}

const DEFAULT_MODELS = { default: DEMO_MODEL_ID };

/** heddle.yaml as it stands. A missing or broken one gives the defaults, with the problem that says so. */
export async function readManifest(folder: string, fallbackName: string): Promise<Manifest> {
  const path = join(folder, MANIFEST_FILE);
  const text = await readIfThere(path);
  if (text === undefined) {
    return {
      name: fallbackName,
      models: DEFAULT_MODELS,
      problem: new HeddleError("project.no-manifest", { path: folder }),
    };
  }
  try {
    const { name, models, opens } = parseManifest(path, text);
    return { name, models: { ...DEFAULT_MODELS, ...models }, ...(opens && { opens }) };
  } catch (error) {
    return { name: fallbackName, models: DEFAULT_MODELS, problem: HeddleError.from(error) };
  }
}

/** Writes the manifest of a new project. */
export async function writeNewManifest(folder: string, name: string): Promise<void> {
  const document = new Document({ heddle: 1, name, models: DEFAULT_MODELS });
  await writeAtomic(join(folder, MANIFEST_FILE), document.toString());
}

/** Sets one model role, keeping comments and key order. @throws HeddleError `project.manifest-invalid` for a broken file, which stays as it is */
export async function setModelRole(folder: string, fallbackName: string, role: string, model: string): Promise<void> {
  const path = join(folder, MANIFEST_FILE);
  const text = await readIfThere(path);
  if (text === undefined) await writeNewManifest(folder, fallbackName);
  else parseManifest(path, text);
  const document = parseDocument(text ?? ((await readIfThere(path)) as string));
  document.setIn(["models", role], model);
  await writeAtomic(path, document.toString());
}

function parseManifest(path: string, text: string): z.infer<typeof manifestSchema> {
  const document = parseDocument(text);
  const invalid = (detail: string) => new HeddleError("project.manifest-invalid", { path, detail });
  const [error] = document.errors;
  if (error) throw invalid(`${error.message.split("\n")[0]}`);
  const parsed = manifestSchema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(issue ? `${issue.path.join(".") || "the file"}: ${issue.message}` : parsed.error.message);
}
