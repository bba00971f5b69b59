import type { LiveEvent, RunEvent } from "./events.ts";

/**
 * The text after a delta: it goes to offset `n` and replaces what stood beyond. A delta past the end (its reader joined late and missed
 * some) changes nothing; the step's completion brings the whole.
 */
export function spliceText(text: string, delta: Pick<LiveEvent, "n" | "text">): string {
  if (delta.n > text.length) return text;
  return delta.n === text.length ? text + delta.text : text.slice(0, delta.n) + delta.text;
}

/** Two deltas as one where the second goes on at the end of the first: what a transport sends in one frame. */
export function joinDeltas(first: LiveEvent, second: LiveEvent): LiveEvent | undefined {
  if (second.n !== first.n + first.text.length) return undefined;
  if (first.type === "answer.delta")
    return second.type === first.type ? { ...first, text: first.text + second.text } : undefined;
  const continues = second.type === first.type && second.path === first.path && second.attempt === first.attempt;
  return continues ? { ...first, text: first.text + second.text } : undefined;
}

/** What a run's steps and its answer have said so far and isn't recorded yet: for who joins in the middle. */
export class LiveTexts {
  private readonly steps = new Map<string, LiveEvent & { type: "step.delta" }>();
  private answer: (LiveEvent & { type: "answer.delta" }) | undefined;

  take(event: RunEvent): void {
    switch (event.type) {
      case "step.delta": {
        const before = this.steps.get(event.path);
        const text = before?.attempt === event.attempt ? before.text : "";
        this.steps.set(event.path, { ...event, n: 0, text: spliceText(text, event) });
        return;
      }
      case "answer.delta":
        this.answer = { ...event, n: 0, text: spliceText(this.answer?.text ?? "", event) };
        return;
      case "step.started":
      case "step.completed":
      case "step.failed":
      case "step.skipped":
        this.steps.delete(event.path);
        return;
      default:
        return;
    }
  }

  /** The texts so far, each as one delta from the beginning. */
  soFar(): LiveEvent[] {
    return [...this.steps.values(), ...(this.answer ? [this.answer] : [])];
  }
}
