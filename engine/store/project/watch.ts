import { watch } from "node:fs";
import { mkdir } from "node:fs/promises";

/** Editors save in several steps; one look after they settled is enough. */
const SETTLE_MS = 60;

/**
 * Calls `changed` after something in `folder` (not below it) changed and settled, until the returned function is called. Makes the folder
 * when there is none, since nothing can be watched otherwise.
 */
export async function watchFolder(folder: string, changed: () => void): Promise<() => void> {
  await mkdir(folder, { recursive: true });
  let settle: ReturnType<typeof setTimeout> | undefined;
  const watcher = watch(folder, () => {
    clearTimeout(settle);
    settle = setTimeout(changed, SETTLE_MS);
  });
  // The folder itself may be deleted under us: then there is nothing left to tell.
  watcher.on("error", () => watcher.close());
  return () => {
    clearTimeout(settle);
    watcher.close();
  };
}
