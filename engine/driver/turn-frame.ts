import { crc32 } from "node:zlib";
import type { FinalEvent, RunState } from "../run/events.ts";
import type { OpenedWait } from "./journal.ts";

/** A turn as it is logged: of which run, its number in it, and its text. */
export interface TurnRecord {
  run: number;
  turn: number;
  /** The run's last event so far. */
  lastSeq: number;
  changes?: RunChanges;
  line: string;
}

/** What a turn changes of its run besides adding to its journal. */
export interface RunChanges {
  state?: RunState;
  end?: FinalEvent;
  closed?: readonly string[];
  opened?: readonly OpenedWait[];
  held?: readonly string[];
}

/** Length and checksum before each record. */
export const FRAME_HEADER = 8;

/** Makes frames in one buffer, used again for each. */
export class FrameWriter {
  private buffer = Buffer.allocUnsafe(64 * 1024);

  /** The frame is the buffer's first bytes, until the next call. Its checksum also covers which filling of the log it is in. */
  write(record: TurnRecord, filling: number): Buffer {
    const { run, turn, lastSeq, changes, line } = record;
    const text = `${run}\t${turn}\t${lastSeq}\t${changes ? JSON.stringify(changes) : ""}\t${line}`;
    if (text.length * 3 + FRAME_HEADER > this.buffer.length)
      this.buffer = Buffer.allocUnsafe(text.length * 3 + FRAME_HEADER);
    const length = this.buffer.write(text, FRAME_HEADER, "utf8");
    const end = FRAME_HEADER + length;
    this.buffer.writeUInt32LE(length, 0);
    this.buffer.writeUInt32LE(crc32(this.buffer.subarray(FRAME_HEADER, end), filling), 4);
    return this.buffer.subarray(0, end);
  }
}

/** The records of whole frames; what follows a damaged or torn one doesn't count. */
export function* readFrames(bytes: Buffer, filling: number): Generator<{ record: TurnRecord; end: number }> {
  let at = 0;
  while (at + FRAME_HEADER <= bytes.length) {
    const length = bytes.readUInt32LE(at);
    const end = at + FRAME_HEADER + length;
    if (length === 0 || end > bytes.length) return;
    const text = bytes.subarray(at + FRAME_HEADER, end);
    if (crc32(text, filling) !== bytes.readUInt32LE(at + 4)) return;
    yield { record: readRecord(text.toString("utf8")), end };
    at = end;
  }
}

/** JSON has no bare tab, so tabs part the fields. */
function readRecord(text: string): TurnRecord {
  const [run, turn, lastSeq, changes, line] = text.split("\t") as [string, string, string, string, string];
  return {
    run: Number(run),
    turn: Number(turn),
    lastSeq: Number(lastSeq),
    ...(changes !== "" && { changes: JSON.parse(changes) as RunChanges }),
    line,
  };
}
