import { isDurable, type LiveEvent, type RunEvent } from "../../engine/run/events.ts";
import { joinDeltas } from "../../engine/run/live-text.ts";

/** One frame of a screen: text that arrives faster is shown together. */
const FRAME_MS = 16;

/**
 * The same events with neighbouring pieces of one step's text joined, at most a frame late. Durable events come at once, after the text
 * before them, so order is kept.
 */
export async function* coalesceDeltas(
  events: AsyncIterable<RunEvent>,
  frame = FRAME_MS,
): AsyncGenerator<RunEvent, void, void> {
  const source = events[Symbol.asyncIterator]();
  const pending: LiveEvent[] = [];
  let next = source.next();
  let due: Promise<"due"> | undefined;
  try {
    for (;;) {
      const first = await (due ? Promise.race([next, due]) : next);
      if (first === "due") {
        yield* pending.splice(0);
        due = undefined;
        continue;
      }
      if (first.done) break;
      next = source.next();
      // Awaited above in its turn; a failure that comes while text is delivered must not count as unhandled.
      next.catch(() => {});
      if (isDurable(first.value)) {
        yield* pending.splice(0);
        due = undefined;
        yield first.value;
      } else {
        join(pending, first.value);
        due ??= new Promise((resolve) => setTimeout(resolve, frame, "due" as const));
      }
    }
    yield* pending;
  } finally {
    await source.return?.();
  }
}

/** Adds text to what waits: to the last piece of the same text where it goes on from there; a rewind stays a piece of its own. */
function join(pending: LiveEvent[], event: LiveEvent): void {
  const at = pending.findLastIndex((other) => sameText(other, event));
  const joined = at === -1 ? undefined : joinDeltas(pending[at]!, event);
  if (joined) pending[at] = joined;
  else pending.push(event);
}

function sameText(a: LiveEvent, b: LiveEvent): boolean {
  if (a.type === "answer.delta") return b.type === "answer.delta";
  return b.type === "step.delta" && a.path === b.path;
}
