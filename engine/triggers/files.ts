import { stat } from "node:fs/promises";
import { join, matchesGlob, relative, sep } from "node:path";
import { watch } from "chokidar";
import type { FileWatchConfig } from "../../nodes/io/triggers.ts";
import { HeddleError } from "../lib/errors/error.ts";
import { durationMs } from "../run/duration.ts";
import { STATE_FOLDER } from "../store/project/lock.ts";
import type { Firings, Listener } from "./listener.ts";

type FileEvent = FileWatchConfig["events"][number];

/** Nobody means these by `**`. */
const NEVER = new Set([STATE_FOLDER, ".git", "node_modules"]);

/**
 * Fires for files of the project that appear, change or go. Those that are there already don't fire. A file counts once it was quiet for
 * a while; the same state of a file fires once.
 */
export function listenForFiles(folder: string, config: FileWatchConfig, firings: Firings): Listener {
  const pathOf = (file: string) => relative(folder, file).split(sep).join("/");
  const watcher = watch(join(folder, fixedPart(config.glob)), {
    ignored: (file) =>
      pathOf(file)
        .split("/")
        .some((part) => NEVER.has(part)),
    ignoreInitial: true,
    followSymlinks: false,
    awaitWriteFinish: { stabilityThreshold: durationMs(config.settle), pollInterval: 50 },
  });

  const happened = async (event: FileEvent, file: string): Promise<void> => {
    const path = pathOf(file);
    if (!config.events.includes(event) || !matchesGlob(path, config.glob)) return;
    if (event === "removed") {
      await firings.fire({ key: `${path}/removed/${Date.now()}`, input: { path, event, size: 0 } });
      return;
    }
    const { size, mtimeMs } = await stat(file);
    await firings.fire({ key: `${path}/${event}/${mtimeMs}-${size}`, input: { path, event, size } });
  };
  // What couldn't start is told in the trigger's status; a file that is gone again by now has nothing to tell.
  const on = (event: FileEvent) => (file: string) => void happened(event, file).catch(() => {});
  watcher.on("add", on("created")).on("change", on("changed")).on("unlink", on("removed"));
  watcher.on("error", (error) => firings.fail(HeddleError.from(error)));
  const ready = Promise.withResolvers<void>();
  watcher.once("ready", ready.resolve);
  return {
    ready: ready.promise,
    async stop() {
      await watcher.close();
      ready.resolve();
    },
  };
}

/** The folders at the beginning of a glob: what has to be watched. */
function fixedPart(glob: string): string {
  const parts = glob.split("/").slice(0, -1);
  const first = parts.findIndex((part) => /[*?[\]{}()!]/.test(part));
  return (first === -1 ? parts : parts.slice(0, first)).join("/");
}
