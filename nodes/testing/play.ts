import type { JsonValue } from "../../engine/lib/json.ts";
import type { NodeProcess, NodeResult, Operation } from "../../engine/node/operation.ts";

/** How a generator ended, and all that it asked for on the way. */
export interface Played {
  asked: Operation[];
  result?: NodeResult;
}

/** Plays a driver: answers what a node yields, one after the other, until it returns. An Error as answer is thrown into it. */
export function play(process: NodeProcess, answer: (operation: Operation, turn: number) => JsonValue | Error): Played {
  const asked: Operation[] = [];
  let next = process.next(null);
  while (!next.done) {
    asked.push(next.value);
    const value = answer(next.value, asked.length - 1);
    next = value instanceof Error ? process.throw(value) : process.next(value);
  }
  return { asked, result: next.value };
}
