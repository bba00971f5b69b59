import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** Where Heddle keeps what belongs to the user rather than to a project. */
export interface Home {
  root: string;
  settings: string;
  models: string;
  secrets: string;
  secretsKey: string;
  /** Projects that Heddle makes itself: the sample. */
  projects: string;
}

/** `HEDDLE_HOME` moves all of it; without it, `~/.heddle`. */
export function heddleHome(root = process.env["HEDDLE_HOME"] || join(homedir(), ".heddle")): Home {
  const at = (name: string) => join(resolve(root), name);
  return {
    root: resolve(root),
    settings: at("settings.json"),
    models: at("models.json"),
    secrets: at("secrets.json"),
    secretsKey: at("secrets.key"),
    projects: at("projects"),
  };
}
