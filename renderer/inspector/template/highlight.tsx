import { Fragment, memo } from "react";
import { cn } from "../../ui/index.ts";

/** Text and `{{ }}` in turn; an unclosed pair of braces counts as text. */
export function templatePieces(text: string): { text: string; reference: boolean }[] {
  return text
    .split(/(\{\{[^{}]*\}\})/)
    .filter((piece) => piece !== "")
    .map((piece) => ({ text: piece, reference: piece.startsWith("{{") && piece.endsWith("}}") }));
}

interface HighlightProps {
  text: string;
  /** References with this root can't be resolved or may be empty. */
  tone: (expression: string) => "ok" | "warn" | "bad";
}

const TONES = {
  ok: "bg-accent-soft text-accent",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
};

/**
 * The text of a field as it looks: every `{{ reference }}` a pill. It takes exactly the room that the plain text takes (the braces are
 * the pill's ends), so that the caret of the field on top stands where it belongs.
 */
export const Highlight = memo(function Highlight({ text, tone }: HighlightProps) {
  return (
    <>
      {templatePieces(text).map((piece, i) =>
        piece.reference ? <Pill key={i} text={piece.text} tone={tone} /> : <Fragment key={i}>{piece.text}</Fragment>,
      )}
      {/* A last line that is empty has a height in a text field, but not in a block. */}
      {"\u200b"}
    </>
  );
});

function Pill({ text, tone }: { text: string; tone: HighlightProps["tone"] }) {
  const inner = text.slice(2, -2);
  return (
    <span className={cn("rounded-[5px] box-decoration-clone py-px", TONES[tone(inner.trim())])}>
      <span className="opacity-25">{"{{"}</span>
      {inner}
      <span className="opacity-25">{"}}"}</span>
    </span>
  );
}
