import { isJsonObject, type JsonSchema } from "../../engine/lib/json.ts";
import type { RunView, StepView } from "../../engine/run/view.ts";

/** One message and what the flow made of it: a run. */
export interface Turn {
  message: string;
  /** Unknown until the host has recorded the run. */
  runId?: string;
  /** The run as it was last seen; grows while the run goes on. */
  view?: RunView;
  /** What the host kept of the answer: for turns whose run wasn't followed in this window. */
  answer?: string;
}

export type Conversation = readonly Turn[];

/** Adds a message at the end. */
export const say = (conversation: Conversation, message: string): Conversation => [...conversation, { message }];

/** Names the run of the last message. */
export const answerWith = (conversation: Conversation, runId: string): Conversation =>
  conversation.map((turn, index) => (index === conversation.length - 1 ? { ...turn, runId } : turn));

/** Takes what is known of a run into its turn; the same conversation where no turn is that run's. */
export function keepRun(conversation: Conversation, view: RunView): Conversation {
  if (!conversation.some((turn) => turn.runId === view.runId && turn.view !== view)) return conversation;
  return conversation.map((turn) => (turn.runId === view.runId ? { ...turn, view } : turn));
}

/** A line as the host keeps it. */
export interface RecordedLine {
  role: "user" | "assistant";
  text: string;
  runId?: string | undefined;
}

/** The host's lines as turns: an answer belongs to the message before it. */
export function recordedTurns(lines: readonly RecordedLine[]): Turn[] {
  const turns: Turn[] = [];
  for (const { role, text, runId } of lines) {
    const last = turns.at(-1);
    if (role === "user") turns.push({ message: text, ...(runId !== undefined && { runId }) });
    else if (last) last.answer = text;
  }
  return turns;
}

/**
 * What the host keeps, with what this window knows better: the runs that it followed, and messages that the host hasn't told of yet. A run
 * that is shown now is taken in wherever it belongs.
 */
export function mergeTurns(recorded: readonly Turn[], local: Conversation): Conversation {
  const known = new Map(local.flatMap((turn) => (turn.runId === undefined ? [] : [[turn.runId, turn]])));
  const kept = new Set(recorded.flatMap(({ runId }) => runId ?? []));
  const told = recorded.map((turn) => ({ ...turn, ...(turn.runId !== undefined && known.get(turn.runId)) }));
  return [...told, ...local.filter(({ runId }) => runId === undefined || !kept.has(runId))];
}

/** Whether a flow can be talked to: its one field is a text named `message`; else the labels of what it asks for. */
export function chatFit(schema: JsonSchema | undefined): { fits: true } | { fits: false; fields: string[] } {
  const entries = Object.entries(schema?.properties ?? {});
  const [only] = entries;
  if (entries.length === 1 && only?.[0] === "message" && only[1].type === "string") return { fits: true };
  return { fits: false, fields: entries.map(([name, field]) => field.title ?? name) };
}

/** What the flow said so far: the recorded text once there is one. */
export function spokenText(view: RunView): string {
  const text = isJsonObject(view.output) ? view.output["text"] : view.output;
  return typeof text === "string" ? text : view.answer;
}

/** The tool calls of a run, in order. */
export const toolCalls = (view: RunView): StepView[] =>
  view.order.flatMap((path) => {
    const step = view.steps[path];
    return step?.tool ? [step] : [];
  });
