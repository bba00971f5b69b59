import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** Root of the installation: the nearest folder above this file that holds package.json, whether run from source or from dist. */
export const APP_ROOT = rootAbove(import.meta.dirname);

function rootAbove(folder: string): string {
  if (existsSync(join(folder, "package.json"))) return folder;
  const parent = dirname(folder);
  if (parent === folder)
    throw new Error(`No package.json above ${import.meta.dirname}: the installation is incomplete.`);
  return rootAbove(parent);
}
