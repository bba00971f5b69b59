import { ArrowUp, Eraser, MessagesSquare, Square } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { documentStore, useDocument } from "../document/store.ts";
import { useTranslation } from "../i18n/index.ts";
import { hasEnded, runStore, useRun } from "../run/index.ts";
import { Button, EmptyState, IconButton } from "../ui/index.ts";
import { chatFit } from "./conversation.ts";
import { useChat, useConversation } from "./store.ts";
import { TurnView } from "./turn-view.tsx";

/** A conversation with the open flow: each message is a run. */
export function ChatPanel({ onOpenForm }: { onOpenForm: () => void }) {
  const { t } = useTranslation("chat");
  const schema = useDocument((state) => state.analysis?.input);
  const fit = chatFit(schema);
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

function Talk() {
  const { t } = useTranslation("chat");
  const path = useDocument((state) => state.path);
  const conversation = useConversation(path);
  const view = useRun((state) => state.view);
  const keepRun = useChat((state) => state.keepRun);
  useEffect(() => {
    if (view) keepRun(path, view);
  }, [path, view, keepRun]);
  return (
    <section aria-label={t("label")} className="flex h-full min-h-0 flex-col">
      {conversation.length === 0 ? (
        <EmptyState compact icon={<MessagesSquare size={18} aria-hidden />} title={t("empty")}>
          {t("emptyBody")}
        </EmptyState>
      ) : (
        <Transcript path={path} />
      )}
      <Composer path={path} />
    </section>
  );
}

function Transcript({ path }: { path: string }) {
  const conversation = useConversation(path);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    end.current?.scrollIntoView({ block: "end" });
  });
  return (
    <div role="log" className="min-h-0 flex-1 overflow-y-auto px-4 py-3">
      <div className="mx-auto flex max-w-180 flex-col gap-4">
        {conversation.map((turn, index) => (
          <TurnView key={index} turn={turn} last={index === conversation.length - 1} />
        ))}
        <div ref={end} />
      </div>
    </div>
  );
}

async function send(path: string, message: string): Promise<void> {
  const { name, source } = documentStore.getState();
  if (!name) return;
  useChat.getState().say(path, message);
  const runId = await runStore.getState().start({ flow: name, text: source.text, input: { message } });
  if (runId) useChat.getState().answerWith(path, runId);
}

function Composer({ path }: { path: string }) {
  const { t } = useTranslation("chat");
  const [text, setText] = useState("");
  const running = useRun((state) => state.phase === "starting" || (state.view !== null && !hasEnded(state.view)));
  const cancel = useRun((state) => state.cancel);
  const clear = useChat((state) => state.clear);
  const filled = useConversation(path).length > 0;
  const submit = () => {
    const message = text.trim();
    if (!message || running) return;
    setText("");
    void send(path, message);
  };
  return (
    <form
      className="flex items-end gap-1.5 border-t border-line-2 px-3 py-2"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {filled && (
        <IconButton label={t("clear")} side="top" disabled={running} onClick={() => clear(path)}>
          <Eraser size={15} aria-hidden />
        </IconButton>
      )}
      <textarea
        value={text}
        rows={1}
        aria-label={t("placeholder")}
        placeholder={t("placeholder")}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          submit();
        }}
        className="field-sizing-content max-h-32 min-h-7 flex-1 resize-none rounded-control border border-line bg-panel px-2.5 py-1 text-13 focus:border-accent focus:outline-2 focus:-outline-offset-1 focus:outline-accent/60"
      />
      {running ? (
        <Button icon={<Square size={11} fill="currentColor" aria-hidden />} onClick={() => void cancel()}>
          {t("stop")}
        </Button>
      ) : (
        <Button variant="primary" type="submit" disabled={!text.trim()} icon={<ArrowUp size={14} aria-hidden />}>
          {t("send")}
        </Button>
      )}
    </form>
  );
}
