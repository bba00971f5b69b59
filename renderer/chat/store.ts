import { create } from "zustand";
import type { RunView } from "../../engine/run/view.ts";
import { answerWith, keepRun, say, type Conversation } from "./conversation.ts";

interface ChatState {
  /** By the path of the flow's file. */
  conversations: Readonly<Record<string, Conversation>>;
  say(path: string, message: string): void;
  answerWith(path: string, runId: string): void;
  keepRun(path: string, view: RunView): void;
  clear(path: string): void;
}

const NOTHING_SAID: Conversation = [];

/** What was said to each flow in this window. */
export const useChat = create<ChatState>((set, get) => {
  const change = (path: string, how: (conversation: Conversation) => Conversation) => {
    const { conversations } = get();
    const before = conversations[path] ?? NOTHING_SAID;
    const after = how(before);
    if (after !== before) set({ conversations: { ...conversations, [path]: after } });
  };
  return {
    conversations: {},
    say: (path, message) => change(path, (conversation) => say(conversation, message)),
    answerWith: (path, runId) => change(path, (conversation) => answerWith(conversation, runId)),
    keepRun: (path, view) => change(path, (conversation) => keepRun(conversation, view)),
    clear: (path) => change(path, () => NOTHING_SAID),
  };
});

export const useConversation = (path: string): Conversation =>
  useChat((state) => state.conversations[path] ?? NOTHING_SAID);
