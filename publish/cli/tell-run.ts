import { isJsonObject, type JsonValue } from "../../engine/lib/json.ts";
import type { RunEvent } from "../../engine/run/events.ts";
import { applyEvent, emptyRunView, type RunView } from "../../engine/run/view.ts";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { dim, printJson } from "./output.ts";
import { words } from "./words.ts";

/** Tells a run: its answer at the end or as it grows; with `--json` its result, or every event a line. @throws HeddleError when the run failed */
export async function tellRun(
  events: AsyncIterable<RunEvent>,
  { json, stream }: { json?: boolean; stream?: boolean },
): Promise<void> {
  let view = emptyRunView("");
  let written = "";
  for await (const event of events) {
    view = applyEvent(view.runId === "" ? emptyRunView(event.runId) : view, event);
    if (!json && event.type === "step.waiting") tellWait(event);
    if (!stream) continue;
    if (json) printJson(event);
    // Text that was taken back can't be taken off a terminal: the whole answer follows at the end.
    else if (view.answer.startsWith(written)) {
      process.stdout.write(view.answer.slice(written.length));
      written = view.answer;
    }
  }
  if (json && !stream) printJson(resultOf(view));
  if (!json) finish(view, written);
  if (view.state !== "failed" && view.state !== "cancelled") return;
  process.exitCode = 1;
  if (!json && view.error) throw HeddleError.fromJSON(view.error);
}

/** Beside the answer, so that it doesn't get into a file that takes it. */
function tellWait({ runId, wait }: Extract<RunEvent, { type: "step.waiting" }>): void {
  if (wait.kind !== "task") return;
  const choices = wait.choices.map(({ id }) => id).join("|");
  console.error(dim(words("waitsFor", { task: wait.title, run: runId, choices })));
}

function finish(view: RunView, written: string): void {
  if (view.state !== "succeeded") {
    if (written !== "") process.stdout.write("\n");
    return;
  }
  const answer = textOf(view.output ?? null);
  if (written === answer) process.stdout.write("\n");
  else console.log(written === "" ? answer : `\n${answer}`);
}

function resultOf({ runId, state, output, error, usage, startedAt, endedAt, steps, order }: RunView): object {
  const path = order.map((step) => ({ step, state: steps[step]!.state }));
  return { runId, state, output, error, usage, startedAt, endedAt, steps: path };
}

/** What a person reads of an output: its text where it has one. */
export function textOf(output: JsonValue): string {
  if (typeof output === "string") return output;
  if (isJsonObject(output) && Object.keys(output).length === 1 && typeof output["text"] === "string")
    return output["text"];
  return JSON.stringify(output, null, 2);
}
