import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn.ts";
import { useFieldProps } from "./field.tsx";

/** The look of everything that takes typing; also for the frame around an editor. */
export const CONTROL =
  "w-full min-w-0 rounded-control border border-line bg-panel text-13 text-ink transition-colors hover:border-line-strong focus:border-accent focus:outline-2 focus:-outline-offset-1 focus:outline-accent/60 disabled:opacity-50 disabled:hover:border-line aria-invalid:border-bad";

export interface InputProps extends ComponentProps<"input"> {
  mono?: boolean;
}

export function Input({ mono, className, ...rest }: InputProps) {
  return (
    <input
      spellCheck={false}
      autoComplete="off"
      {...rest}
      {...useFieldProps(rest)}
      className={cn(CONTROL, "h-7.5 px-2.25 read-only:bg-sunken", mono && "font-mono text-12", className)}
    />
  );
}

export interface TextareaProps extends ComponentProps<"textarea"> {
  mono?: boolean;
}

/** Grows with its text up to `max-h`. */
export function Textarea({ mono, className, ...rest }: TextareaProps) {
  return (
    <textarea
      rows={3}
      {...rest}
      {...useFieldProps(rest)}
      className={cn(
        CONTROL,
        "field-sizing-content max-h-80 min-h-16 read-only:bg-sunken resize-y px-2.25 py-1.5",
        mono && "font-mono text-12",
        className,
      )}
    />
  );
}

export interface SearchInputProps extends Omit<ComponentProps<"input">, "type"> {
  /** Accessible name. */
  label: string;
  icon?: ReactNode;
  /** At the right: a key hint, a count. */
  aside?: ReactNode;
}

/** A filter field: icon at the left, hint at the right. */
export function SearchInput({ label, icon, aside, className, ...rest }: SearchInputProps) {
  return (
    <div
      className={cn(
        "flex h-7.5 items-center gap-1.75 rounded-control border border-line bg-panel px-2.25 text-ink-3 transition-colors focus-within:border-accent focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent/60 hover:border-line-strong",
        className,
      )}
    >
      {icon}
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        spellCheck={false}
        autoComplete="off"
        {...rest}
        className="min-w-0 flex-1 bg-transparent text-13 text-ink outline-none [&::-webkit-search-cancel-button]:hidden"
      />
      {aside}
    </div>
  );
}
