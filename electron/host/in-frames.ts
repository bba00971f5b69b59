import { isDurable, type LiveEvent, type RunEvent } from "../../engine/run/events.ts";
import { joinDeltas } from "../../engine/run/live-text.ts";

/** One frame of a screen: what arrives faster is shown together. */
const FRAME_MS = 16;
/** A long past comes in parts that a window can take in one after another. */
const MOST = 1000;

export interface FrameOptions {
  /** ms */
  frame?: number;
  /** Events told together at most. */
  most?: number;
}

/**
 * The same events in the same order, those of a frame together, so that each is told at most a frame late. Neighbouring pieces of one step's
 * text are joined.
 */
export async function* inFrames(
  events: AsyncIterable<RunEvent>,
  { frame = FRAME_MS, most = MOST }: FrameOptions = {},
): AsyncGenerator<RunEvent[], void, void> {
  const source = events[Symbol.asyncIterator]();
  const told: RunEvent[] = [];
  let next = source.next();
  let due: Promise<"due"> | undefined;
  let end = 0;
  try {
    for (;;) {
      const first = await (due ? Promise.race([next, due]) : next);
      if (first !== "due") {
        if (first.done) break;
        next = source.next();
        // Awaited above in its turn; a failure that comes while events are delivered must not count as unhandled.
        next.catch(() => {});
        add(told, first.value);
        if (!due) end = performance.now() + frame;
        due ??= new Promise((resolve) => setTimeout(resolve, frame, "due" as const));
      }
      // Events that are all there already leave timers no time to go off.
      if (first === "due" || told.length >= most || performance.now() >= end) {
        yield told.splice(0);
        due = undefined;
      }
    }
    if (told.length > 0) yield told;
  } catch (error) {
    if (told.length > 0) yield told.splice(0);
    throw error;
  } finally {
    await source.return?.();
  }
}

/** Adds text to the last piece of the same text since the last recorded event, where it goes on from there; a rewind stays apart. */
function add(told: RunEvent[], event: RunEvent): void {
  const joined = isDurable(event) ? undefined : joinedWith(told, event);
  if (joined) told[joined.at] = joined.delta;
  else told.push(event);
}

function joinedWith(told: readonly RunEvent[], event: LiveEvent): { at: number; delta: LiveEvent } | undefined {
  const at = told.findLastIndex((other) => isDurable(other) || sameText(other, event));
  const before = told[at];
  const delta = before && !isDurable(before) && joinDeltas(before, event);
  return delta ? { at, delta } : undefined;
}

function sameText(a: LiveEvent, b: LiveEvent): boolean {
  if (a.type === "answer.delta") return b.type === "answer.delta";
  return b.type === "step.delta" && a.path === b.path;
}
