import type { FlowSource } from "../../engine/flow/index.ts";
import { isErrorCode } from "../../engine/lib/errors/catalog.ts";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { isJsonObject, type JsonValue } from "../../engine/lib/json.ts";
import type { DebugOptions } from "../../engine/run/debug.ts";
import { revisionOf } from "../../engine/store/revision.ts";
import type { Workspace } from "./workspace.ts";

/** What `runs.start` of the contract asks for. */
export interface RunRequest {
  flow: string;
  text: string;
  input: JsonValue;
  trigger?: string | undefined;
  debug?: DebugOptions | undefined;
}

/**
 * Starts the flow as the text says. One that begins with a chat message is given the conversation so far, and its answer is kept.
 * Returns the run's id.
 */
export async function startRun(workspace: Workspace, request: RunRequest): Promise<string> {
  const { flow: name, text, input, trigger, debug } = request;
  await workspace.known();
  const source = readable(workspace.engine.read(text));
  if (debug === undefined && isJsonObject(input)) {
    const begun = workspace.engine.readForRunning(text, name).triggers;
    const chosen = trigger === undefined ? begun[0] : begun.find(({ key }) => key === trigger);
    if (chosen?.kind === "chat") {
      const { conversations } = await workspace.triggers();
      return conversations.say({ flow: name, node: chosen.key, input, text });
    }
  }
  const runs = await workspace.runs();
  return runs.start({
    flow: source.flow,
    name,
    revision: revisionOf(text),
    input,
    ...(trigger !== undefined && { trigger }),
    ...(debug && { debug }),
  });
}

/** What could not be read of a text could change what the run does: then it doesn't start. @throws HeddleError */
export function readable(source: FlowSource): FlowSource {
  const problem = source.problems.find((candidate) => candidate.severity === "error");
  if (problem && isErrorCode(problem.code)) throw new HeddleError(problem.code, problem.params);
  return source;
}
