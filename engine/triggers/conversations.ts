import { randomUUID } from "node:crypto";
import { HeddleError } from "../lib/errors/error.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../lib/json.ts";
import { isFinal, type FinalEvent } from "../run/events.ts";
import type { RunService } from "../store/run-service.ts";
import type { Conversation, ConversationId, ConversationStore } from "./conversation-store.ts";
import type { Ledger } from "./ledger.ts";
import type { TriggerStore } from "./trigger-store.ts";

/** One line of a conversation, as people read it and as flows get it. */
export interface ChatLine {
  role: "user" | "assistant";
  text: string;
}

/** A message to a flow whose run begins with a chat trigger. */
export interface ChatStart {
  flow: string;
  /** The chat trigger. */
  node: string;
  /** What the trigger asks for: `message`, `conversation` (left out: a new one), and whatever else. */
  input: JsonObject;
  /** The flow, where it isn't what its file says. */
  text?: string;
}

export interface ConversationsOptions {
  store: ConversationStore;
  firings: TriggerStore;
  ledger: Ledger;
  runs: Pick<RunService, "events" | "value">;
  report(error: unknown): void;
}

/**
 * The memory of chats. What was said so far goes into the run's input, so that a run plays again exactly as it was; the answer is added
 * when the run succeeds, once, also when the host was killed in between.
 */
export interface Conversations {
  /** Keeps the message and starts its run. Returns the run's id. @throws HeddleError `input.invalid`, `run.not-runnable`, `store.*` */
  say(start: ChatStart): Promise<string>;
  list(flow: string): Conversation[];
  /** @throws HeddleError `not-found` */
  read(conversation: ConversationId): (ChatLine & { runId?: string })[];
  /** @throws HeddleError `not-found` */
  remove(conversation: ConversationId): void;
  /** Takes up what an earlier process left open. Call it after the ledger's `recover`. */
  recover(): void;
}

/** How much of a conversation a run is given. */
const MOST_LINES = 200;

export function createConversations(options: ConversationsOptions): Conversations {
  const { store, firings, ledger, runs, report } = options;

  const settle = async (firing: string, runId: string): Promise<void> => {
    for await (const event of runs.events({ runId })) {
      if (isFinal(event)) store.settle(firing, answerOf(event));
    }
  };

  const answerOf = (event: FinalEvent): string | undefined => {
    const output = outputOf(event, runs);
    return output === undefined ? undefined : answerText(output);
  };

  /** A host that closes leaves the turn open: the next one takes it up. */
  const follow = (firing: string, runId: string): void => {
    store.began(firing, runId);
    settle(firing, runId).catch((error: unknown) => {
      if (HeddleError.from(error).code === "not-found") store.settle(firing, undefined);
      else if (HeddleError.from(error).code !== "run.interrupted") report(error);
    });
  };

  return {
    async say({ flow, node, input, text }) {
      const message = input["message"];
      if (typeof message !== "string" || message.trim() === "")
        throw new HeddleError("input.invalid", { where: "message", detail: "say something" });
      const id = typeof input["conversation"] === "string" ? input["conversation"] : randomUUID();
      const firing = `chat/${randomUUID()}`;
      const history = historyOf(store, { flow, id });
      store.say({ flow, id }, { firing, message, at: Date.now() });
      const start = { flow, node, key: firing, ...(text !== undefined && { text }) };
      try {
        const lines: JsonValue = history.map((line) => ({ ...line }));
        const runId = await ledger.fire({ ...start, input: { ...input, conversation: id, history: lines } });
        follow(firing, runId);
        return runId;
      } catch (error) {
        store.takeBack(firing);
        throw error;
      }
    },
    list: (flow) => store.list(flow),
    read(conversation) {
      const turns = store.turns(conversation);
      if (turns.length === 0) throw new HeddleError("not-found", { kind: "conversation", name: conversation.id });
      return turns.flatMap(({ message, answer, runId }) => {
        const run = runId === undefined ? {} : { runId };
        const said = { role: "user" as const, text: message, ...run };
        return answer === undefined ? [said] : [said, { role: "assistant" as const, text: answer, ...run }];
      });
    },
    remove(conversation) {
      if (!store.remove(conversation))
        throw new HeddleError("not-found", { kind: "conversation", name: conversation.id });
    },
    recover() {
      for (const { firing, runId = firings.runOf(firing) } of store.open()) {
        if (runId === undefined) store.settle(firing, undefined);
        else follow(firing, runId);
      }
    },
  };
}

/** Messages that never got an answer are left out: a model that is shown two in a row takes the first for the second's. */
function historyOf(store: ConversationStore, conversation: ConversationId): ChatLine[] {
  const answered = store.turns(conversation).filter((turn) => turn.answer !== undefined);
  const lines = answered.flatMap(({ message, answer = "" }): ChatLine[] => [
    { role: "user", text: message },
    { role: "assistant", text: answer },
  ]);
  return lines.slice(-MOST_LINES);
}

/** The whole output of a run that succeeded. */
export function outputOf(event: FinalEvent, runs: Pick<RunService, "value">): JsonValue | undefined {
  if (event.type !== "run.completed") return undefined;
  const whole = event.large?.["output"];
  return whole ? runs.value({ runId: event.runId, digest: whole.digest }) : event.output;
}

/** What a run's output says: its text where it has one, else its JSON. */
export function answerText(output: JsonValue): string {
  if (typeof output === "string") return output;
  if (isJsonObject(output) && typeof output["text"] === "string") return output["text"];
  return JSON.stringify(output);
}
