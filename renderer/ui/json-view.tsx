import { Check, Copy } from "lucide-react";
import { useState } from "react";
import type { JsonValue } from "../../engine/lib/json.ts";
import { cn } from "./cn.ts";
import { IconButton } from "./icon-button.tsx";

/** Copies text and shows for a moment that it did. */
export function CopyButton({ text, label, doneLabel }: { text: string; label: string; doneLabel: string }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setDone(true);
    setTimeout(() => setDone(false), 1500);
  };
  return (
    <IconButton label={done ? doneLabel : label} size="sm" onClick={() => void copy()}>
      {done ? <Check size={14} aria-hidden className="text-ok" /> : <Copy size={14} aria-hidden />}
    </IconButton>
  );
}

/** A recorded value, whole: text as text, everything else as indented JSON with its parts told apart. */
export function JsonView({ value, className }: { value: JsonValue; className?: string }) {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return (
    <pre
      className={cn(
        "max-h-72 overflow-auto rounded-control border border-line-2 bg-sunken px-2.5 py-2 text-12 break-words whitespace-pre-wrap",
        typeof value === "string" ? "font-sans" : "font-mono text-11",
        className,
      )}
      tabIndex={0}
    >
      {typeof value === "string" ? text : paint(text)}
    </pre>
  );
}

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi;
/** Beyond this, colours cost more than they help. */
const PAINTED_LENGTH = 20_000;

function paint(json: string) {
  if (json.length > PAINTED_LENGTH) return json;
  const parts = [];
  let end = 0;
  for (const match of json.matchAll(TOKEN)) {
    const [whole, string, colon] = match;
    parts.push(json.slice(end, match.index));
    const hue = string ? (colon ? "text-ink" : "text-ok") : "text-info";
    parts.push(
      <span key={match.index} className={hue}>
        {string ?? whole}
      </span>,
      colon ?? "",
    );
    end = match.index + whole.length;
  }
  return [...parts, json.slice(end)];
}
