import { readFile, readdir, realpath } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import type { NodeOrigin } from "../../engine/node/catalog.ts";

/** Where nodes come from, before anything of it has run. */
export interface Source {
  origin: NodeOrigin;
  /** What their types begin with: `folder`, or the package’s name. */
  prefix: string;
  /** The file that is loaded. */
  entry: URL;
  /** Files and folders that the code may be loaded from. */
  readable: string[];
}

const packageSchema = z.object({
  name: z.string(),
  version: z.string().default("0.0.0"),
  main: z.string().optional(),
  exports: z.unknown().optional(),
  heddle: z.union([z.literal(true), z.object({ nodes: z.string().optional() })]).optional(),
});
const projectSchema = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});

const SCRIPT = /^(?!.*\.(?:d|test|spec)\.).+\.(?:ts|mts|js|mjs|cjs)$/;
const NODE_PACKAGE = /^(?:@[^/]+\/)?heddle-node-/;

/** All sources of a project, in a fixed order: its `nodes` folder, then its packages. */
export async function discover(folder: string): Promise<Source[]> {
  const root = await realpath(folder);
  return [...(await folderSources(root)), ...(await packageSources(root))];
}

async function folderSources(root: string): Promise<Source[]> {
  const place = join(root, "nodes");
  const entries = await readdir(place, { withFileTypes: true }).catch(() => []);
  const found: Source[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(place, entry.name);
    const script = entry.isDirectory() ? await indexOf(path) : SCRIPT.test(entry.name) ? path : undefined;
    if (!script) continue;
    const name = `nodes/${entry.name.replace(/\.[cm]?[jt]s$/, "")}`;
    const readable = [place, join(root, "node_modules"), join(root, "package.json")];
    found.push({ origin: { kind: "folder", name }, prefix: "folder", entry: pathToFileURL(script), readable });
  }
  return found;
}

async function indexOf(folder: string): Promise<string | undefined> {
  const names = await readdir(folder);
  const index = names.find((name) => /^index\.(?:ts|mts|js|mjs|cjs)$/.test(name));
  return index && join(folder, index);
}

async function packageSources(root: string): Promise<Source[]> {
  const modules = join(root, "node_modules");
  const project = await readJson(join(root, "package.json"), projectSchema);
  const wanted = new Set(Object.keys({ ...project?.dependencies, ...project?.devDependencies }));
  for (const name of await installedPackages(modules)) if (NODE_PACKAGE.test(name)) wanted.add(name);
  const found = await Promise.all([...wanted].toSorted().map((name) => packageSource(modules, name)));
  return found.filter((source) => source !== undefined);
}

async function installedPackages(modules: string): Promise<string[]> {
  const names = await readdir(modules).catch(() => []);
  const scopes = names.filter((name) => name.startsWith("@"));
  const scoped = await Promise.all(
    scopes.map(async (scope) => (await readdir(join(modules, scope))).map((name) => `${scope}/${name}`)),
  );
  return [...names, ...scoped.flat()];
}

async function packageSource(modules: string, name: string): Promise<Source | undefined> {
  const home = await realpath(join(modules, name)).catch(() => undefined);
  const manifest = home && (await readJson(join(home, "package.json"), packageSchema));
  if (!home || !manifest || (!manifest.heddle && !NODE_PACKAGE.test(name))) return undefined;
  const entry = resolve(home, entryOf(manifest));
  const inside = entry.startsWith(home + sep) ? entry : join(home, "index.js");
  return {
    origin: { kind: "package", name: `${name}@${manifest.version}` },
    prefix: name,
    entry: pathToFileURL(inside),
    readable: [home, modules],
  };
}

function entryOf({ heddle, exports, main }: z.infer<typeof packageSchema>): string {
  if (typeof heddle === "object" && heddle.nodes !== undefined) return heddle.nodes;
  return exported(exports) ?? main ?? "index.js";
}

/** The main entry of `exports`, as an import would take it. */
function exported(exports: unknown): string | undefined {
  if (typeof exports === "string") return exports;
  if (typeof exports !== "object" || exports === null) return undefined;
  const choices = exports as Record<string, unknown>;
  for (const key of [".", "node", "import", "default"]) {
    const found = key in choices ? exported(choices[key]) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return undefined;
  }
}
