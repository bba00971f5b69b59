import type { EditLabel } from "./edit-label.ts";

/** Edits of one field within this time of each other are one step for undo. */
export const MERGE_WINDOW_MS = 1500;

/**
 * One undoable edit. It holds the file's text before and after it, so that undo restores every byte, comments included;
 * an inverse command alone would bring back the meaning but not the text. Texts are written when someone asks for them.
 */
export interface HistoryEntry {
  label: EditLabel;
  before: () => string;
  after: () => string;
  /** Edits with the same key that follow each other closely are one step. */
  merge?: string;
  at: number;
}

export interface History {
  past: readonly HistoryEntry[];
  future: readonly HistoryEntry[];
}

export const EMPTY_HISTORY: History = { past: [], future: [] };

/** Adds an edit, joined with the one before when it continues it. What had been undone is gone. */
export function record(history: History, entry: HistoryEntry): History {
  const last = history.past.at(-1);
  const continues =
    last !== undefined &&
    entry.merge !== undefined &&
    last.merge === entry.merge &&
    history.future.length === 0 &&
    entry.at - last.at < MERGE_WINDOW_MS;
  if (!continues) return { past: [...history.past, entry], future: [] };
  return { past: [...history.past.slice(0, -1), { ...entry, before: last.before }], future: [] };
}

/** Ends the merging of edits: the next one is a step of its own. */
export function seal(history: History): History {
  const last = history.past.at(-1);
  if (last?.merge === undefined) return history;
  return { ...history, past: [...history.past.slice(0, -1), { ...last, merge: undefined }] };
}

export function stepBack(history: History): { history: History; entry: HistoryEntry } | null {
  const entry = history.past.at(-1);
  if (!entry) return null;
  return {
    entry,
    history: { past: history.past.slice(0, -1), future: [...history.future, { ...entry, merge: undefined }] },
  };
}

export function stepForward(history: History): { history: History; entry: HistoryEntry } | null {
  const entry = history.future.at(-1);
  if (!entry) return null;
  return { entry, history: { past: [...history.past, entry], future: history.future.slice(0, -1) } };
}
