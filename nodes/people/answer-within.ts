import type { JsonValue } from "../../engine/lib/json.ts";
import { race, signal, type Operation, type Wait } from "../../engine/node/operation.ts";

type Deadlined = Extract<Wait, { within?: number | undefined }>;

/** Waits for an answer, at most `within` ms where that is given; undefined when none came in time. */
export function* answerWithin(
  name: string,
  wait: Deadlined,
  within?: number,
): Generator<Operation, { value: JsonValue } | undefined, JsonValue> {
  if (within === undefined) return { value: yield* signal(name, wait) };
  const first = yield* race([
    { kind: "signal", name, wait: { ...wait, within } },
    { kind: "sleep", name: `${name} deadline`, ms: within, wait: { kind: "delay" } },
  ]);
  return first.index === 0 ? { value: first.value } : undefined;
}
