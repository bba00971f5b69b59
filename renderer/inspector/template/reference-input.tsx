import { Braces } from "lucide-react";
import { useId, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { cn, CONTROL, IconButton, useFieldProps } from "../../ui/index.ts";
import { useReadOnly } from "../form/form-context.tsx";
import { useDraft } from "../form/use-draft.ts";
import { findVariables, insertReference, openReference, type Variable } from "../variables.ts";
import { Highlight } from "./highlight.tsx";
import { useVariables } from "./use-variables.ts";
import { useTone } from "./use-tone.ts";
import { VariableList } from "./variable-list.tsx";

export interface ReferenceInputProps {
  node: string;
  value: string;
  onChange: (text: string) => void;
  /** `template`: references stand in braces. `expression`: the whole text is one. */
  kind: "template" | "expression";
  long?: boolean;
  placeholder?: string;
  /** Accessible name where no Field gives one. */
  label?: string;
  path: string;
}

/** Exactly the same in both layers: a pixel of difference moves the caret away from its letter. */
const METRICS = "px-2.25 py-1.25 text-13 leading-5 whitespace-pre-wrap [overflow-wrap:anywhere]";

/** Text that may hold references: shown as pills, offered by name while they are typed. */
export function ReferenceInput({ node, value, onChange, kind, long, placeholder, label, path }: ReferenceInputProps) {
  const { t } = useTranslation("inspector");
  const { draft, type, props } = useDraft(value, onChange);
  const area = useRef<HTMLTextAreaElement>(null);
  const backdrop = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const listId = useId();
  const readOnly = useReadOnly();
  const tone = useTone(node, path);
  const offer = useOffer(node, kind, area, draft, type);
  const metrics = cn(METRICS, kind === "expression" && "font-mono text-12", long && "min-h-18");
  return (
    <div ref={frame} className="group/reference relative">
      <div
        ref={backdrop}
        aria-hidden
        className={cn("pointer-events-none absolute inset-0 overflow-hidden border border-transparent pr-7", metrics)}
      >
        {kind === "template" ? <Highlight text={draft} tone={tone} /> : draft}
      </div>
      <textarea
        ref={area}
        rows={1}
        spellCheck={kind === "template"}
        placeholder={placeholder}
        aria-label={label}
        {...useFieldProps()}
        {...props}
        readOnly={readOnly}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={offer.open ? listId : undefined}
        aria-activedescendant={offer.open && offer.found.length > 0 ? `${listId}-${offer.active}` : undefined}
        onChange={(event) => {
          props.onChange(event);
          offer.look(event.target.value, event.target.selectionStart);
        }}
        onBlur={() => {
          offer.close();
          props.onBlur();
        }}
        onScroll={(event) => backdrop.current?.scrollTo({ top: event.currentTarget.scrollTop })}
        onKeyDown={(event) => {
          if (offer.onKeyDown(event)) return;
          if (event.key === "Enter" && !long && !event.nativeEvent.isComposing) event.preventDefault();
        }}
        className={cn(
          CONTROL,
          "relative block field-sizing-content max-h-90 resize-none bg-transparent pr-7 text-transparent caret-ink read-only:bg-transparent selection:bg-accent/25 selection:text-transparent",
          metrics,
        )}
      />
      {!readOnly && (
        <IconButton
          label={t("variables.insert")}
          size="sm"
          tabIndex={-1}
          className={cn(
            "absolute top-0.75 right-0.75 opacity-0 group-focus-within/reference:opacity-100 group-hover/reference:opacity-100",
            offer.open && "opacity-100",
          )}
          onPointerDown={(event) => event.preventDefault()}
          onClick={offer.toggle}
        >
          <Braces size={13} aria-hidden />
        </IconButton>
      )}
      {offer.open && (
        <VariableList
          id={listId}
          anchor={frame}
          variables={offer.found}
          active={offer.active}
          onActive={offer.setActive}
          onChoose={offer.choose}
        />
      )}
    </div>
  );
}

/** The open list of variables: what it shows, and what the keys do in it. */
function useOffer(
  node: string,
  kind: ReferenceInputProps["kind"],
  area: { current: HTMLTextAreaElement | null },
  draft: string,
  type: (text: string) => void,
) {
  const variables = useVariables(node);
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const found = typed === null ? [] : findVariables(variables, typed);
  const open = typed !== null;
  const close = () => setTyped(null);

  const look = (text: string, caret: number) => {
    const reference = kind === "template" ? openReference(text, caret) : openWord(text, caret);
    setTyped(reference && (reference.typed.trim() !== "" || kind === "template") ? reference.typed : null);
    setActive(0);
  };
  const choose = (variable: Variable) => {
    const caret = area.current?.selectionStart ?? draft.length;
    const next =
      kind === "template" ? insertReference(draft, caret, variable.path) : insertWord(draft, caret, variable.path);
    type(next.text);
    close();
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(next.caret, next.caret);
    });
  };
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!open || event.nativeEvent.isComposing) return false;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move !== undefined && found.length > 0) setActive((now) => (now + move + found.length) % found.length);
    else if ((event.key === "Enter" || event.key === "Tab") && found[active]) choose(found[active]);
    else if (event.key === "Escape") close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const toggle = () => {
    area.current?.focus();
    setActive(0);
    setTyped((now) => (now === null ? "" : null));
  };
  return { open, found, active, setActive, look, choose, close, toggle, onKeyDown };
}

/** The name being typed in an expression. */
function openWord(text: string, caret: number): { start: number; typed: string } | null {
  const typed = /[A-Za-z_][\w.]*$/.exec(text.slice(0, caret))?.[0];
  return typed ? { start: caret - typed.length, typed } : null;
}

function insertWord(text: string, caret: number, path: string): { text: string; caret: number } {
  const start = openWord(text, caret)?.start ?? caret;
  return { text: text.slice(0, start) + path + text.slice(caret), caret: start + path.length };
}
