import { Fragment, memo } from "react";

type Piece = { kind: "text" | "bold" | "reference"; text: string };

/** Takes a sentence with `**bold**` and `{{ reference }}` apart. */
export function summaryPieces(sentence: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of sentence.matchAll(/\*\*(.+?)\*\*|\{\{\s*(.+?)\s*\}\}/g)) {
    if (match.index > end) pieces.push({ kind: "text", text: sentence.slice(end, match.index) });
    pieces.push(match[1] === undefined ? { kind: "reference", text: match[2]! } : { kind: "bold", text: match[1] });
    end = match.index + match[0].length;
  }
  if (end < sentence.length) pieces.push({ kind: "text", text: sentence.slice(end) });
  return pieces;
}

/** The sentence without its marks. */
export const plainSummary = (sentence: string): string =>
  summaryPieces(sentence)
    .map(({ text }) => text)
    .join("");

/** A reference as it shows in running text: what it names, on the accent's soft ground. */
export function ReferencePill({ children }: { children: string }) {
  return (
    <span className="rounded-[5px] bg-accent-soft box-decoration-clone px-1.25 py-px font-mono text-11 font-medium text-accent [overflow-wrap:anywhere]">
      {children}
    </span>
  );
}

/** What a step does, in words. */
export const Summary = memo(function Summary({ sentence }: { sentence: string }) {
  return summaryPieces(sentence).map((piece, i) => {
    if (piece.kind === "bold") {
      return (
        <b key={i} className="font-medium text-ink">
          {piece.text}
        </b>
      );
    }
    if (piece.kind === "reference") return <ReferencePill key={i}>{piece.text}</ReferencePill>;
    return <Fragment key={i}>{piece.text}</Fragment>;
  });
});
