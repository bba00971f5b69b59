import { realpathSync } from "node:fs";
import { glob, open, realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, normalize, relative, resolve, sep } from "node:path";
import { HeddleError } from "../../lib/errors/error.ts";
import type { FileService } from "../../node/services.ts";
import { writeAtomic } from "../write-atomic.ts";
import { STATE_FOLDER } from "./lock.ts";

/** What decides how the project behaves, and could start programs: a flow that a stranger's text steers must not change it. */
const PROTECTED = new Set(["heddle.yaml", "mcp.json", "flows", "nodes", "node_modules", "package.json"]);
const PRIVATE = new Set([STATE_FOLDER, ".git"]);
const MEGABYTE = 1024 * 1024;

/** The files of the project in `folder`, for steps. Links that lead out, `.heddle` and `.git` are refused; what sets the project up is read-only. */
export function createProjectFiles(folder: string): FileService {
  const root = realpathSync(folder);
  return {
    async read(path, signal, limit) {
      const place = await realpath(within(root, path)).catch((error: unknown) => fail(error, path));
      requireInside(root, place, path);
      const file = await open(place, "r").catch((error: unknown) => fail(error, path));
      try {
        const stats = await file.stat();
        if (stats.isDirectory()) throw new HeddleError("file.is-folder", { path });
        if (limit !== undefined && stats.size > limit) throw tooLarge(path, stats.size, limit);
        return await file.readFile({ signal });
      } catch (error) {
        signal.throwIfAborted();
        return fail(error, path);
      } finally {
        await file.close();
      }
    },
    async write(path, bytes, signal) {
      signal.throwIfAborted();
      const place = within(root, path);
      requireUnprotected(root, place, path);
      requireUnprotected(root, realPlace(place), path);
      await writeAtomic(realPlace(place), bytes).catch((error: unknown) => failWriting(error, path));
    },
    async list(pattern, signal) {
      within(root, pattern);
      const found: string[] = [];
      for await (const entry of glob(pattern, { cwd: root, withFileTypes: true })) {
        signal.throwIfAborted();
        if (entry.isDirectory()) continue;
        const place = join(entry.parentPath, entry.name);
        if (isReadable(root, place)) found.push(relative(root, place).split(sep).join("/"));
      }
      return found.toSorted();
    },
    resolve(path) {
      const place = within(root, path);
      requireInside(root, realPlace(place), path);
      return place;
    },
  };
}

/** The absolute path, as far as its letters tell. */
function within(root: string, path: string): string {
  const plain = path.trim();
  if (plain === "" || plain.includes("\0") || isAbsolute(plain) || /^[A-Za-z]:/.test(plain))
    throw new HeddleError("file.outside", { path });
  const place = resolve(root, normalize(plain.replaceAll("\\", "/")));
  requireInside(root, place, path);
  return place;
}

function requireInside(root: string, place: string, path: string): void {
  const first = firstFolder(root, place);
  if (first === undefined) throw new HeddleError("file.outside", { path });
  if (PRIVATE.has(first)) throw new HeddleError("file.private", { path });
}

function requireUnprotected(root: string, place: string, path: string): void {
  requireInside(root, place, path);
  const first = firstFolder(root, place);
  if (first === undefined || PROTECTED.has(first)) throw new HeddleError("file.protected", { path });
}

/** The first name below the root, in small letters (some disks don't tell `.Heddle` from `.heddle`); undefined for what isn't below it. */
function firstFolder(root: string, place: string): string | undefined {
  const below = relative(root, place);
  if (below.startsWith("..") || isAbsolute(below)) return undefined;
  return below
    .split(sep)[0]
    ?.toLowerCase()
    .replace(/[. ]+$/, "");
}

/** Where a path really leads, its missing end left as it is. */
function realPlace(place: string): string {
  try {
    return realpathSync(place);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    const parent = dirname(place);
    return parent === place ? place : join(realPlace(parent), place.slice(parent.length));
  }
}

function isReadable(root: string, place: string): boolean {
  const first = firstFolder(root, realPlace(place));
  return first !== undefined && !PRIVATE.has(first) && !PRIVATE.has(firstFolder(root, place) ?? "");
}

function tooLarge(path: string, size: number, limit: number): HeddleError {
  const inMegabytes = (bytes: number) => Math.ceil((bytes / MEGABYTE) * 10) / 10;
  return new HeddleError("file.too-large", { path, size: inMegabytes(size), limit: inMegabytes(limit) });
}

function fail(error: unknown, path: string): never {
  if (error instanceof HeddleError) throw error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT" || code === "ENOTDIR") throw new HeddleError("file.missing", { path }, { cause: error });
  if (code === "EISDIR") throw new HeddleError("file.is-folder", { path }, { cause: error });
  throw new HeddleError("file.unreadable", { path, detail: code ?? message }, { cause: error });
}

function failWriting(error: unknown, path: string): never {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EISDIR") throw new HeddleError("file.is-folder", { path }, { cause: error });
  throw new HeddleError("file.unwritable", { path, detail: code ?? message }, { cause: error });
}
