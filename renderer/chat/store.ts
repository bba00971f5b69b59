import { create } from "zustand";
import type { RunView } from "../../engine/run/view.ts";
import { answerWith, keepRun, say, type Conversation, type Turn } from "./conversation.ts";

interface ChatState {
  /** By the path of the flow's file, with `#id` for one of several conversations. */
  conversations: Readonly<Record<string, Conversation>>;
  /** Id of the open conversation of a flow with several, by the path of its file. */
  open: Readonly<Record<string, string>>;
  openConversation(path: string, id: string): void;
  /** Takes a turn that the host told of, so that its run is kept as it grows. */
  adopt(place: string, turn: Turn): void;
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
    open: {},
    openConversation: (path, id) => set({ open: { ...get().open, [path]: id } }),
    adopt: (place, turn) =>
      change(place, (conversation) =>
        conversation.some(({ runId }) => runId === turn.runId) ? conversation : [...conversation, turn],
      ),
    say: (path, message) => change(path, (conversation) => say(conversation, message)),
    answerWith: (path, runId) => change(path, (conversation) => answerWith(conversation, runId)),
    keepRun: (path, view) => change(path, (conversation) => keepRun(conversation, view)),
    clear: (path) => change(path, () => NOTHING_SAID),
  };
});

export const useConversation = (path: string): Conversation =>
  useChat((state) => state.conversations[path] ?? NOTHING_SAID);
