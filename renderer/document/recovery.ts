import { z } from "zod";

const unsavedSchema = z.object({ base: z.string(), text: z.string() });
/** Text that the host hasn't confirmed, and the revision that it was made from. */
export type Unsaved = z.infer<typeof unsavedSchema>;

/** Keeps unsaved text where a crash of the studio or the host can't reach it. */
export interface Recovery {
  keep(file: string, unsaved: Unsaved): void;
  forget(file: string): void;
  find(file: string): Unsaved | null;
}

type TextStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Recovery in the browser's own storage, one entry a file. A full or forbidden storage costs the safety net, never the edit. */
export function storageRecovery(storage: () => TextStorage): Recovery {
  const place = (file: string) => `heddle.unsaved:${file}`;
  const attempt = <T>(action: () => T): T | null => {
    try {
      return action();
    } catch {
      return null;
    }
  };
  return {
    keep: (file, unsaved) => void attempt(() => storage().setItem(place(file), JSON.stringify(unsaved))),
    forget: (file) => void attempt(() => storage().removeItem(place(file))),
    find: (file) =>
      attempt(() => {
        const text = storage().getItem(place(file));
        return text === null ? null : unsavedSchema.parse(JSON.parse(text));
      }),
  };
}
