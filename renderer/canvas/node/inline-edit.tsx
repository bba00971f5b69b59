import { useEffect, useRef, useState } from "react";
import { cn } from "../../ui/index.ts";

interface InlineEditProps {
  value: string;
  label: string;
  /** Called once: with the text on Enter and on leaving, with null on Escape. */
  onDone: (text: string | null) => void;
  className?: string;
}

/** A text of a card, being typed over. Keys that belong to an input method stay with it. */
export function InlineEdit({ value, label, onDone, className }: InlineEditProps) {
  const [text, setText] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const finish = (result: string | null) => {
    if (done.current) return;
    done.current = true;
    onDone(result);
  };
  return (
    <input
      ref={input}
      value={text}
      aria-label={label}
      spellCheck={false}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => finish(text)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Enter") finish(text);
        if (event.key === "Escape") finish(null);
      }}
      className={cn(
        "nodrag nopan -mx-1 w-full min-w-0 rounded-small bg-panel px-1 text-ink outline-2 outline-accent",
        className,
      )}
    />
  );
}
