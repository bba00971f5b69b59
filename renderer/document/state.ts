import type { Flow, FlowAnalysis, FlowCommand, FlowSource } from "../../engine/flow/index.ts";
import type { HeddleError } from "../../engine/lib/errors/error.ts";
import type { SavedState } from "./autosave.ts";
import type { EditLabel } from "./edit-label.ts";
import type { History } from "./history.ts";

/** The file as another program left it while this document had unsaved edits. `text` is null when it was removed. */
export interface Conflict {
  text: string | null;
  revision: string;
}

export type ConflictChoice =
  /** Write this document over the file on disk. */
  | "mine"
  /** Take the file's text; this document's edits stay one undo away. */
  | "theirs"
  /** Save this document's edits as a flow of its own, then take the file's text. */
  | "both";

/** A flow as it was at another time. */
export interface PastFlow {
  name: string;
  text: string;
  /** Stands for the file's path, so that what is kept by path (the view, inputs) isn't the file's. */
  path: string;
}

export interface ApplyOptions {
  label?: EditLabel;
  /** Joins this edit with the one before when they have the same key and follow each other closely. */
  merge?: string;
}

/** The open flow: its text, what it means, how it stands against its file, and everything that edits it. */
export interface DocumentState {
  /** The flow's file name without ending; null while none is open. */
  name: string | null;
  path: string;
  loading: boolean;
  openError: HeddleError | null;
  /**
   * The text as it is, even while it doesn't parse. Writing an edit into the text of a large flow takes longer than a frame: it is done
   * when someone reads this, and soon after the edit.
   */
  readonly source: FlowSource;
  /** Why the file must not be written. */
  readOnly: FlowSource["readOnly"];
  /** The last flow that the text could be read as: what the canvas shows. */
  flow: Flow;
  /** The text isn't readable now; `flow` is from before. */
  broken: boolean;
  /** False when the canvas must not edit: a newer version's file, unreadable text, or a flow of the past. */
  editable: boolean;
  /** What is shown isn't the file but the flow as it was when a run began. */
  past: boolean;
  analysis: FlowAnalysis | null;
  savedState: SavedState;
  saveError: HeddleError | null;
  conflict: Conflict | null;
  history: History;
  canUndo: boolean;
  canRedo: boolean;
  undoLabel: EditLabel | null;
  redoLabel: EditLabel | null;

  open(name: string): Promise<void>;
  /** Shows a flow as it was at another time, read-only; `open` goes back to its file. */
  showPast(flow: PastFlow): Promise<void>;
  close(): Promise<void>;
  /** Edits the flow. @throws HeddleError when the command doesn't fit (a key that is taken, an edge that would make a cycle). */
  apply(command: FlowCommand, options?: ApplyOptions): void;
  /** Edits the file's text. */
  replaceText(text: string): void;
  undo(): void;
  redo(): void;
  /** The next edit is an undo step of its own. */
  seal(): void;
  /** Writes what isn't written yet. */
  flush(): Promise<void>;
  resolveConflict(choice: ConflictChoice): Promise<void>;
}
