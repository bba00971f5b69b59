import { cp, mkdir, readdir, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, join, resolve } from "node:path";
import { HeddleError } from "../../lib/errors/error.ts";
import { readIfThere } from "../json-file.ts";
import { writeAtomic } from "../write-atomic.ts";
import { FLOW_FOLDER } from "./flow-name.ts";
import { STATE_FOLDER } from "./lock.ts";
import { MANIFEST_FILE, writeNewManifest } from "./manifest.ts";
import { MCP_FILE } from "./mcp-file.ts";

/** An absolute path from what a person types: `~` is their home. */
export function folderPath(text: string): string {
  return resolve(text.trim().replace(/^~(?=$|[\\/])/, () => homedir()));
}

/** The absolute path of an existing folder. @throws HeddleError `project.missing` */
export async function existingFolder(path: string): Promise<string> {
  const folder = folderPath(path);
  if (!(await isFolder(folder))) throw new HeddleError("project.missing", { path: folder });
  return folder;
}

export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

/** True for a folder that doesn't exist or holds nothing: a project can be made there without asking. */
export async function isFree(path: string): Promise<boolean> {
  const entries = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    if (error.code === "ENOTDIR") return ["."];
    throw error;
  });
  return entries.length === 0;
}

/** Makes a project: heddle.yaml, flows/, mcp.json and a .gitignore. Files that are there stay. @throws HeddleError `project.not-empty` */
export async function createProject(path: string, name = basename(folderPath(path))): Promise<string> {
  const folder = folderPath(path);
  await refuseSecondManifest(folder);
  await mkdir(join(folder, FLOW_FOLDER), { recursive: true });
  if ((await readIfThere(join(folder, MCP_FILE))) === undefined) {
    await writeAtomic(join(folder, MCP_FILE), `${JSON.stringify({ mcpServers: {} }, null, 2)}\n`);
  }
  await ignoreState(folder);
  await writeNewManifest(folder, name);
  return folder;
}

/** Copies a sample project to a folder of the user's. @throws HeddleError `project.not-empty` */
export async function copySample(sample: string, path: string): Promise<string> {
  const folder = folderPath(path);
  await refuseSecondManifest(folder);
  await mkdir(folder, { recursive: true });
  await cp(sample, folder, { recursive: true, filter: (source) => basename(source) !== STATE_FOLDER });
  await ignoreState(folder);
  return folder;
}

async function refuseSecondManifest(folder: string): Promise<void> {
  const manifest = await readIfThere(join(folder, MANIFEST_FILE));
  if (manifest !== undefined) throw new HeddleError("project.not-empty", { path: folder });
}

async function ignoreState(folder: string): Promise<void> {
  const path = join(folder, ".gitignore");
  const text = (await readIfThere(path)) ?? "";
  const line = `${STATE_FOLDER}/`;
  if (text.split(/\r?\n/).includes(line)) return;
  await writeAtomic(path, text && !text.endsWith("\n") ? `${text}\n${line}\n` : `${text}${line}\n`);
}
