import { useQuery } from "@tanstack/react-query";
import { MessageSquarePlus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useErrorText, useLanguage, useTranslation } from "../i18n/index.ts";
import { getRpc, QUERY, refresh } from "../rpc/index.ts";
import { formatMoment } from "../run/index.ts";
import { Button, cn, ConfirmDialog, IconButton, notify } from "../ui/index.ts";

export interface ConversationListProps {
  flow: string;
  /** Id of the open conversation; empty for a new one. */
  open: string;
  onOpen: (id: string) => void;
}

/** What was talked about with this flow, the latest first. */
export function ConversationList({ flow, open, onOpen }: ConversationListProps) {
  const { t } = useTranslation("chat");
  const list = useQuery({
    queryKey: [...QUERY.conversations, flow],
    queryFn: () => getRpc().conversations.list({ flow }),
    staleTime: 0,
  });
  return (
    <nav aria-label={t("conversations")} className="flex w-52 shrink-0 flex-col gap-1 border-r border-line-2 p-2">
      <Button
        size="sm"
        icon={<MessageSquarePlus size={13} aria-hidden />}
        aria-current={open === "" || undefined}
        onClick={() => onOpen("")}
      >
        {t("newConversation")}
      </Button>
      <ul className="min-h-0 flex-1 overflow-y-auto">
        {list.data?.map((conversation) => (
          <ConversationLine
            key={conversation.id}
            flow={flow}
            conversation={conversation}
            open={conversation.id === open}
            onOpen={onOpen}
          />
        ))}
      </ul>
    </nav>
  );
}

interface ConversationLineProps {
  flow: string;
  conversation: { id: string; title: string; at: number; turns: number };
  open: boolean;
  onOpen: (id: string) => void;
}

function ConversationLine({ flow, conversation, open, onOpen }: ConversationLineProps) {
  const { t } = useTranslation(["chat", "shell"]);
  const language = useLanguage();
  const errorText = useErrorText();
  const [removing, setRemoving] = useState(false);
  const { id, title, at } = conversation;
  async function remove() {
    if (open) onOpen("");
    try {
      await getRpc().conversations.remove({ flow, id });
    } catch (error) {
      notify.failed(t("removeFailed"), errorText(error));
    }
    await refresh(QUERY.conversations);
  }
  return (
    <li
      className={cn(
        "group flex items-center rounded-control pr-0.5",
        open ? "bg-accent-soft" : "focus-within:bg-hover hover:bg-hover",
      )}
    >
      <button
        type="button"
        aria-current={open || undefined}
        onClick={() => onOpen(id)}
        className="min-w-0 flex-1 px-2 py-1 text-left"
      >
        <span className="block truncate text-12 font-medium">{title}</span>
        <span className="block truncate text-11 text-ink-2 tabular-nums">{formatMoment(at, language)}</span>
      </button>
      <IconButton
        label={t("removeNamed", { title })}
        size="sm"
        side="right"
        className="opacity-0 group-focus-within:opacity-100 group-hover:opacity-100"
        onClick={() => setRemoving(true)}
      >
        <Trash2 size={13} aria-hidden />
      </IconButton>
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={t("removeTitle", { title })}
        description={t("removeBody")}
        confirmLabel={t("shell:common.remove")}
        cancelLabel={t("shell:common.cancel")}
        onConfirm={() => void remove()}
      />
    </li>
  );
}
