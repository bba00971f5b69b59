import { Eraser, MessagesSquare } from "lucide-react";
import { documentStore, useDocument } from "../document/store.ts";
import { useTranslation } from "../i18n/index.ts";
import { runStore } from "../run/index.ts";
import { Button, EmptyState, IconButton } from "../ui/index.ts";
import { Composer, useRunning } from "./composer.tsx";
import { chatFit } from "./conversation.ts";
import { ConversationsPanel } from "./conversations-panel.tsx";
import { useChat, useConversation } from "./store.ts";
import { Transcript } from "./transcript.tsx";
import { useKeptRun } from "./use-kept-run.ts";

/** A conversation with the open flow: each message is a run. Flows with a chat trigger remember their conversations. */
export function ChatPanel({ onOpenForm }: { onOpenForm: () => void }) {
  const { t } = useTranslation("chat");
  const schema = useDocument((state) => state.analysis?.input);
  const trigger = useDocument((state) => state.analysis?.triggers.find(({ kind }) => kind === "chat")?.key);
  const fit = chatFit(schema);
  if (trigger !== undefined) return <ConversationsPanel trigger={trigger} />;
  if (!fit.fits) {
    return (
      <EmptyState
        compact
        icon={<MessagesSquare size={18} aria-hidden />}
        title={t("otherFields")}
        action={<Button onClick={onOpenForm}>{t("openRun")}</Button>}
      >
        {t("otherFieldsBody", { fields: fit.fields.join(", ") || t("noFields") })}
      </EmptyState>
    );
  }
  return <Talk />;
}

/** Without memory: every message stands for itself. */
function Talk() {
  const { t } = useTranslation("chat");
  const path = useDocument((state) => state.path);
  const conversation = useConversation(path);
  useKeptRun(path);
  return (
    <section aria-label={t("label")} className="flex h-full min-h-0 flex-col">
      {conversation.length === 0 ? (
        <EmptyState compact icon={<MessagesSquare size={18} aria-hidden />} title={t("empty")}>
          {t("emptyBody")}
        </EmptyState>
      ) : (
        <Transcript conversation={conversation} />
      )}
      <Composer
        onSend={(message) => void send(path, message)}
        before={conversation.length > 0 && <ClearButton path={path} />}
      />
    </section>
  );
}

function ClearButton({ path }: { path: string }) {
  const { t } = useTranslation("chat");
  const clear = useChat((state) => state.clear);
  const running = useRunning();
  return (
    <IconButton label={t("clear")} side="top" disabled={running} onClick={() => clear(path)}>
      <Eraser size={15} aria-hidden />
    </IconButton>
  );
}

async function send(path: string, message: string): Promise<void> {
  const { name, source } = documentStore.getState();
  if (!name) return;
  useChat.getState().say(path, message);
  const runId = await runStore.getState().start({ flow: name, text: source.text, input: { message } });
  if (runId) useChat.getState().answerWith(path, runId);
}
