import { create } from "zustand";
import type { JsonObject } from "../../engine/lib/json.ts";
import type { Draft } from "./form/schema-fields.ts";

interface RunInputs {
  /** What is being typed for a flow, by the path of its file (and its trigger, where it isn't the first). */
  drafts: Readonly<Record<string, Draft>>;
  /** The input of the flow's last run. */
  last: Readonly<Record<string, JsonObject>>;
  /** What a run by hand begins with, by the path of the flow's file; left out: its first trigger. */
  triggers: Readonly<Record<string, string>>;
  /** Somebody pressed Run while the form had gaps: show them. */
  asked: boolean;
  /** The form was asked for and hasn't taken the focus yet. */
  wanted: boolean;
  edit(path: string, draft: Draft): void;
  beginWith(path: string, trigger: string): void;
  remember(path: string, input: JsonObject): void;
  ask(): void;
  showForm(): void;
  /** The form has the focus. */
  formShown(): void;
}

const STORAGE_KEY = "heddle.inputs";
const KEPT_FLOWS = 50;

/** The run form's contents: each flow's last input comes back, also tomorrow. */
export const useRunInputs = create<RunInputs>((set, get) => ({
  drafts: {},
  last: readKept(),
  triggers: {},
  asked: false,
  wanted: false,
  edit: (path, draft) => set({ drafts: { ...get().drafts, [path]: draft } }),
  beginWith: (path, trigger) => set({ triggers: { ...get().triggers, [path]: trigger }, asked: false }),
  remember: (path, input) => {
    const { [path]: _older, ...others } = get().last;
    const last = Object.fromEntries(Object.entries({ ...others, [path]: input }).slice(-KEPT_FLOWS));
    set({ last, asked: false });
    localStorage.setItem(STORAGE_KEY, JSON.stringify(last));
  },
  ask: () => set({ asked: true, wanted: true }),
  showForm: () => set({ wanted: true }),
  formShown: () => set({ wanted: false }),
}));

function readKept(): Record<string, JsonObject> {
  try {
    const kept: unknown = JSON.parse(globalThis.localStorage?.getItem(STORAGE_KEY) ?? "{}");
    return typeof kept === "object" && kept !== null ? (kept as Record<string, JsonObject>) : {};
  } catch {
    return {};
  }
}
