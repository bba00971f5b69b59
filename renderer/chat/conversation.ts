import { isJsonObject, type JsonSchema } from "../../engine/lib/json.ts";
import type { RunView, StepView } from "../../engine/run/view.ts";

/** One message and what the flow made of it: a run. */
export interface Turn {
  message: string;
  /** Unknown until the host has recorded the run. */
  runId?: string;
  /** The run as it was last seen; grows while the run goes on. */
  view?: RunView;
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
