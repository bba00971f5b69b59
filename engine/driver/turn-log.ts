import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import Sqlite from "better-sqlite3";
import { withFile } from "./file-error.ts";
import { FrameWriter, readFrames, type TurnRecord } from "./turn-frame.ts";

/** The file's first bytes: which filling of it this is. */
const LOG_HEADER = 8;

/** Where in which filling of the log. */
export interface LogPlace {
  filling: number;
  position: number;
}

export const START: LogPlace = { filling: 0, position: LOG_HEADER };

/**
 * Turns on their way into a database: one append-only file beside it, one write a turn. What is appended survives the end of the process
 * (kill -9 included) as SQLite's write-ahead log with `synchronous=NORMAL` does: a power cut may take the last moments.
 * One process writes it at a time; SQLite's lock on a file of its own sees to that and ends with the process.
 */
export class TurnLog {
  private readonly path: string;
  private readonly frames = new FrameWriter();
  private lock: Sqlite.Database | undefined;
  private file: number | undefined;
  private place: LogPlace = START;

  /** `path` is the database's. */
  constructor(path: string) {
    this.path = `${path}-turns`;
  }

  get isOpen(): boolean {
    return this.file !== undefined;
  }

  /** The end of what is appended. */
  get end(): LogPlace {
    return this.place;
  }

  /** Whether there is something that an earlier process may have left. */
  get exists(): boolean {
    return existsSync(this.path);
  }

  /**
   * Takes the log and reads what it holds after `from`; a torn end is dropped. Waits for another process that has it.
   * @throws HeddleError `store.*`
   */
  open(from: LogPlace | undefined, patience = 5_000): TurnRecord[] {
    this.lock = this.takeLock(patience);
    try {
      return withFile(this.path, () => this.readRest(from));
    } catch (thrown) {
      this.close();
      throw thrown;
    }
  }

  /** Durable when it returns; after an error nothing of it counts. @throws HeddleError `store.*` */
  append(record: TurnRecord): void {
    const frame = this.frames.write(record, this.place.filling);
    const { filling, position } = this.place;
    try {
      let written = writeSync(this.file!, frame, 0, frame.length, position);
      while (written < frame.length)
        written += writeSync(this.file!, frame, written, frame.length - written, position + written);
    } catch (thrown) {
      this.cutOff(position);
      withFile(this.path, () => {
        throw thrown;
      });
    }
    this.place = { filling, position: position + frame.length };
  }

  /** Empties the log. What it held must be safe elsewhere. @throws HeddleError `store.*` */
  reset(): void {
    withFile(this.path, () => this.begin(this.place.filling + 1));
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
    this.lock?.close();
    this.lock = undefined;
  }

  private takeLock(patience: number): Sqlite.Database {
    const path = `${this.path}.lock`;
    return withFile(path, () => {
      const lock = new Sqlite(path, { timeout: patience });
      try {
        // In memory, so that a full disk doesn't keep anybody from the lock.
        lock.pragma("journal_mode = MEMORY");
        lock.exec("BEGIN EXCLUSIVE");
        return lock;
      } catch (thrown) {
        lock.close();
        throw thrown;
      }
    });
  }

  private readRest(from: LogPlace | undefined): TurnRecord[] {
    this.file = openSync(this.path, existsSync(this.path) ? "r+" : "w+");
    const bytes = readFileSync(this.path);
    if (bytes.length < LOG_HEADER) {
      this.begin((from?.filling ?? 0) + 1);
      return [];
    }
    const filling = Number(bytes.readBigUInt64LE(0));
    const first = from?.filling === filling ? from.position : LOG_HEADER;
    const records: TurnRecord[] = [];
    let position = Math.min(first, bytes.length);
    for (const { record, end } of readFrames(bytes.subarray(position), filling)) {
      records.push(record);
      position = first + end;
    }
    this.place = { filling, position };
    this.cutOff(position);
    return records;
  }

  private begin(filling: number): void {
    const header = Buffer.alloc(LOG_HEADER);
    header.writeBigUInt64LE(BigInt(filling));
    // The header first: it takes no new space on a full disk, and frames of the filling before no longer count.
    writeSync(this.file!, header, 0, LOG_HEADER, 0);
    ftruncateSync(this.file!, LOG_HEADER);
    this.place = { filling, position: LOG_HEADER };
  }

  /** Drops what a write that failed left. The next one would overwrite it anyway, so trouble with this does no harm. */
  private cutOff(position: number): void {
    try {
      ftruncateSync(this.file!, position);
    } catch (thrown) {
      if (!(thrown instanceof Error)) throw thrown;
    }
  }
}
