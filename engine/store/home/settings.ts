import { z } from "zod";
import { LANGUAGES } from "../../lib/text.ts";
import { jsonFile } from "../json-file.ts";
import type { Home } from "./home.ts";

const preferencesSchema = z.object({
  language: z.enum(LANGUAGES).optional(),
  theme: z.enum(["light", "dark", "system"]).optional(),
});
export type Preferences = z.infer<typeof preferencesSchema>;

/** Which ended runs a project keeps. */
const keptRunsSchema = z.object({ days: z.int().min(1).default(30), runs: z.int().min(1).default(1_000) });
export type KeptRuns = z.infer<typeof keptRunsSchema>;

const settingsSchema = preferencesSchema.extend({
  /** Folders of the projects opened before, the last one first. */
  recent: z.array(z.string()).default([]),
  keptRuns: keptRunsSchema.default({ days: 30, runs: 1_000 }),
});

const RECENT_LIMIT = 12;

export interface SettingsStore {
  preferences(): Promise<Preferences>;
  savePreferences(changed: Preferences): Promise<void>;
  /** Ended runs older than so many days go, and of each flow the oldest beyond so many. */
  keptRuns(): Promise<KeptRuns>;
  saveKeptRuns(kept: KeptRuns): Promise<void>;
  recent(): Promise<string[]>;
  opened(path: string): Promise<void>;
}

/** The user's preferences and recent projects in HEDDLE_HOME/settings.json. */
export function createSettingsStore(home: Home): SettingsStore {
  const file = jsonFile(home.settings, settingsSchema, settingsSchema.parse({}));
  return {
    async preferences() {
      const { language, theme } = await file.read();
      return { ...(language && { language }), ...(theme && { theme }) };
    },
    async savePreferences(changed) {
      await file.update((settings) => ({ ...settings, ...changed }));
    },
    keptRuns: async () => (await file.read()).keptRuns,
    async saveKeptRuns(keptRuns) {
      await file.update((settings) => ({ ...settings, keptRuns }));
    },
    recent: async () => (await file.read()).recent,
    async opened(path) {
      await file.update((settings) => ({
        ...settings,
        recent: [path, ...settings.recent.filter((other) => other !== path)].slice(0, RECENT_LIMIT),
      }));
    },
  };
}
