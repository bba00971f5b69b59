import { join } from "node:path";
import type { Home } from "../../engine/store/home/home.ts";
import { copySample, isFree } from "../../engine/store/project/project-folder.ts";

const SAMPLE = "support-desk";

/** Folder of the sample project inside the installation. */
export const sampleFolder = (app: string): string => join(app, "assets", "samples", SAMPLE);

/** The user's own copy of the sample project, made on first use. */
export async function ownSample(app: string, home: Home): Promise<string> {
  const folder = join(home.projects, SAMPLE);
  if (await isFree(folder)) await copySample(sampleFolder(app), folder);
  return folder;
}
