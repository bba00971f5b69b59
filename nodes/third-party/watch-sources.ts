import { watch, type FSWatcher } from "node:fs";
import { join } from "node:path";

/** An editor saves, and npm installs, in many small steps. */
const QUIET = 300;

/** Calls back, once things are quiet again, after a file changed that nodes may come from. @returns the end of it */
export function watchSources(folder: string, onChange: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const told = () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, QUIET);
  };
  const watchers = new Map<string, FSWatcher>();
  const follow = (path: string, recursive: boolean, heard: (name: string | null) => void) => {
    if (watchers.has(path)) return;
    try {
      const watcher = watch(path, { recursive, persistent: false }, (_event, name) => heard(name));
      // A folder that was removed isn't watched any more; the one above it tells when it is back.
      watcher.on("error", () => {
        watcher.close();
        watchers.delete(path);
      });
      watchers.set(path, watcher);
    } catch {
      // It doesn’t exist (yet).
    }
  };
  const followInner = () => {
    follow(join(folder, "nodes"), true, told);
    follow(join(folder, "node_modules"), false, told);
  };
  follow(folder, false, (name) => {
    if (name === null || ["nodes", "node_modules", "package.json"].includes(name)) {
      if (name === "nodes" || name === "node_modules") {
        watchers.get(join(folder, name))?.close();
        watchers.delete(join(folder, name));
      }
      followInner();
      told();
    }
  });
  followInner();
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
  };
}
