import { ArrowUp, Square } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "../i18n/index.ts";
import { hasEnded, useRun } from "../run/index.ts";
import { Button } from "../ui/index.ts";

export interface ComposerProps {
  onSend: (message: string) => void;
  /** At the left of the field. */
  before?: ReactNode;
}

/** Whether an answer is on its way. */
export const useRunning = (): boolean =>
  useRun((state) => state.phase === "starting" || (state.view !== null && !hasEnded(state.view)));

/** Where a message is written. Enter sends, Shift Enter begins a line; Stop while the answer is on its way. */
export function Composer({ onSend, before }: ComposerProps) {
  const { t } = useTranslation("chat");
  const [text, setText] = useState("");
  const running = useRunning();
  const cancel = useRun((state) => state.cancel);
  const submit = () => {
    const message = text.trim();
    if (!message || running) return;
    setText("");
    onSend(message);
  };
  return (
    <form
      className="flex items-end gap-1.5 border-t border-line-2 px-3 py-2"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {before}
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
