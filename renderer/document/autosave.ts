/** How a document stands against its file. `read-only` files are never written. */
export type SavedState = "saved" | "saving" | "unsaved" | "conflict" | "read-only" | "failed";

export interface AutosaveOptions {
  /** Writes the text over the revision `base`; answers the revision it became. */
  write(text: string, base: string): Promise<{ revision: string }>;
  /** Told once the file holds `text`. */
  written(text: string, revision: string): void;
  changed(state: SavedState): void;
  /** Told of every refusal. True when the file was changed by someone else: saving then waits for `rebase`. */
  refused(error: unknown): boolean;
  /** Quiet time before a write, ms. */
  delay: number;
  /** Wait before a failed write is tried again, ms. */
  retryDelay: number;
}

export interface Autosave {
  /** The file holds `text` at `revision`. */
  load(text: string, revision: string): void;
  /** Holds writing back: the file is read-only, or a person must choose first. */
  hold(state: "conflict" | "read-only"): void;
  /** Writes nothing more until the next `load`: another file is being opened. */
  stop(): void;
  /** Write over this revision from now on: the choice after a conflict. */
  rebase(revision: string): void;
  edit(text: string): void;
  /** Resolves when nothing is left to write, or writing isn't possible now. */
  flush(): Promise<void>;
  readonly revision: string;
  readonly savedText: string;
  dispose(): void;
}

/** Writes edits after a pause, one write at a time, never over a file that someone else changed. */
export function createAutosave(options: AutosaveOptions): Autosave {
  let revision = "";
  let savedText = "";
  let text = "";
  let held = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing: Promise<void> | undefined;
  let disposed = false;

  const tell = (state: SavedState) => {
    if (!disposed) options.changed(state);
  };
  const schedule = (delay: number) => {
    clearTimeout(timer);
    if (!disposed) timer = setTimeout(() => void flush(), delay);
  };

  async function writeOnce(): Promise<void> {
    const sent = text;
    tell("saving");
    try {
      ({ revision } = await options.write(sent, revision));
      savedText = sent;
      options.written(sent, revision);
      tell(text === sent ? "saved" : "unsaved");
    } catch (error) {
      if (options.refused(error)) {
        held = true;
        tell("conflict");
      } else {
        tell("failed");
        schedule(options.retryDelay);
      }
      throw error;
    }
  }

  async function drain(): Promise<void> {
    try {
      while (!held && text !== savedText) await writeOnce();
    } catch {
      // Told to `refused` already; flush means "as far as it can be".
    }
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    writing ??= drain().finally(() => {
      writing = undefined;
    });
    return writing;
  }

  return {
    load(loaded, at) {
      clearTimeout(timer);
      text = savedText = loaded;
      revision = at;
      held = false;
      tell("saved");
    },
    hold(state) {
      clearTimeout(timer);
      held = true;
      tell(state);
    },
    stop() {
      clearTimeout(timer);
      held = true;
    },
    rebase(onto) {
      revision = onto;
      savedText = "";
      held = false;
      tell("unsaved");
      schedule(0);
    },
    edit(edited) {
      text = edited;
      if (held) return;
      if (text === savedText && !writing) {
        clearTimeout(timer);
        tell("saved");
        return;
      }
      if (!writing) tell("unsaved");
      schedule(options.delay);
    },
    flush,
    get revision() {
      return revision;
    },
    get savedText() {
      return savedText;
    },
    dispose() {
      disposed = true;
      clearTimeout(timer);
    },
  };
}
