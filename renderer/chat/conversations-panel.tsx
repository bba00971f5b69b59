import { useQuery } from "@tanstack/react-query";
import { MessagesSquare } from "lucide-react";
import { useEffect, useMemo } from "react";
import { isJsonObject } from "../../engine/lib/json.ts";
import { documentStore, useDocument } from "../document/store.ts";
import { useErrorText, useTranslation } from "../i18n/index.ts";
import { getRpc, QUERY, refresh } from "../rpc/index.ts";
import { hasEnded, runStore, useRun } from "../run/index.ts";
import { Button, Callout, EmptyState } from "../ui/index.ts";
import { Composer } from "./composer.tsx";
import { mergeTurns, recordedTurns, type Turn } from "./conversation.ts";
import { ConversationList } from "./conversation-list.tsx";
import { useChat, useConversation } from "./store.ts";
import { Transcript } from "./transcript.tsx";
import { useKeptRun } from "./use-kept-run.ts";

/** The chat of a flow that remembers: its conversations at the left, the open one at the right. */
export function ConversationsPanel({ trigger }: { trigger: string }) {
  const name = useDocument((state) => state.name);
  const path = useDocument((state) => state.path);
  const open = useChat((state) => state.open[path]) ?? FIRST;
  const openConversation = useChat((state) => state.openConversation);
  useFreshLists();
  if (name === null) return null;
  return (
    <div className="flex h-full min-h-0">
      <ConversationList flow={name} open={open} onOpen={(id) => openConversation(path, id)} />
      <OpenConversation key={open} flow={name} path={path} id={open} trigger={trigger} />
    </div>
  );
}

/** Until somebody opens one: a new conversation, which has no lines on the host yet. */
const FIRST = "";

interface OpenConversationProps {
  flow: string;
  path: string;
  id: string;
  trigger: string;
}

function OpenConversation({ flow, path, id, trigger }: OpenConversationProps) {
  const { t } = useTranslation("chat");
  const errorText = useErrorText();
  const place = `${path}#${id}`;
  const local = useConversation(place);
  useKeptRun(place);
  const lines = useQuery({
    queryKey: [...QUERY.conversations, flow, id],
    enabled: id !== FIRST,
    queryFn: () => readConversation(flow, id),
    staleTime: 0,
  });
  const conversation = useMemo(() => mergeTurns(lines.data ?? [], local), [lines.data, local]);
  useUnanswered(place, conversation.at(-1));
  return (
    <section aria-label={t("label")} className="flex min-h-0 min-w-0 flex-1 flex-col">
      {lines.error && (
        <Callout tone="bad" className="m-3">
          {errorText(lines.error)}
        </Callout>
      )}
      {conversation.length === 0 ? (
        <Greeting trigger={trigger} onSay={(message) => void send({ flow, path, id, trigger }, message)} />
      ) : (
        <Transcript conversation={conversation} />
      )}
      <Composer onSend={(message) => void send({ flow, path, id, trigger }, message)} />
    </section>
  );
}

/** A conversation that hasn't got its first message yet isn't known to the host. */
async function readConversation(flow: string, id: string): Promise<Turn[]> {
  const known = await getRpc().conversations.list({ flow });
  return known.some((each) => each.id === id) ? recordedTurns(await getRpc().conversations.read({ flow, id })) : [];
}

/** What the chat step greets with, and its examples as buttons. */
function Greeting({ trigger, onSay }: { trigger: string; onSay: (message: string) => void }) {
  const { t } = useTranslation("chat");
  const config = useDocument((state) => state.flow.nodes[trigger]?.config);
  const settings = isJsonObject(config) ? config : {};
  const greeting = typeof settings["greeting"] === "string" ? settings["greeting"] : "";
  const examples = Array.isArray(settings["examples"])
    ? settings["examples"].filter((each) => typeof each === "string")
    : [];
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <EmptyState
        compact
        icon={<MessagesSquare size={18} aria-hidden />}
        title={greeting || t("empty")}
        action={
          examples.length > 0 && (
            <div className="flex flex-wrap justify-center gap-1.5">
              {examples.map((example) => (
                <Button key={example} size="sm" onClick={() => onSay(example)}>
                  {example}
                </Button>
              ))}
            </div>
          )
        }
      >
        {greeting ? "" : t("emptyMemoryBody")}
      </EmptyState>
    </div>
  );
}

/** A message that still waits for its answer: its run is shown, so that it can be followed and answered. */
function useUnanswered(place: string, last: Turn | undefined): void {
  const message = last?.message;
  const open = last && last.answer === undefined && (!last.view || !hasEnded(last.view));
  const runId = open ? last.runId : undefined;
  useEffect(() => {
    if (runId === undefined || message === undefined) return;
    const { adopt, keepRun } = useChat.getState();
    adopt(place, { message, runId });
    const { view, show } = runStore.getState();
    if (view?.runId === runId) keepRun(place, view);
    else show(runId);
  }, [place, message, runId]);
}

/** The host learns of an answer when its run ends: then the lists are read again. */
function useFreshLists(): void {
  const ended = useRun(({ view }) => (view && hasEnded(view) ? view.runId : undefined));
  useEffect(() => {
    if (ended) void refresh(QUERY.conversations);
  }, [ended]);
}

async function send({ flow, path, id, trigger }: OpenConversationProps, message: string): Promise<void> {
  const chat = useChat.getState();
  const conversation = id === FIRST ? crypto.randomUUID() : id;
  const place = `${path}#${conversation}`;
  chat.say(place, message);
  if (conversation !== id) chat.openConversation(path, conversation);
  const { text } = documentStore.getState().source;
  const runId = await runStore.getState().start({ flow, text, trigger, input: { message, conversation } });
  if (runId) chat.answerWith(place, runId);
  await refresh(QUERY.conversations);
}
