import { Command } from "cmdk";
import { Check, ChevronDown, Search } from "lucide-react";
import { Popover } from "radix-ui";
import { useId, useState } from "react";
import { cn } from "./cn.ts";
import { useFieldProps } from "./field.tsx";
import { CONTROL } from "./input.tsx";
import { SURFACE } from "./menu-style.ts";
import type { Option } from "./select.tsx";

export interface ComboboxProps {
  value: string | undefined;
  onChange: (value: string) => void;
  options: readonly Option[];
  placeholder?: string;
  searchLabel: string;
  /** Shown when nothing matches. */
  emptyText: string;
  /** Offers what was typed as a value of its own, with these words. */
  customLabel?: (typed: string) => string;
  disabled?: boolean;
  label?: string;
  className?: string;
}

/** One of many, found by typing. */
export function Combobox({
  value,
  onChange,
  options,
  placeholder,
  searchLabel,
  emptyText,
  customLabel,
  disabled,
  label,
  className,
}: ComboboxProps) {
  const listId = useId();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const chosen = options.find((option) => option.value === value);
  const choose = (next: string) => {
    onChange(next);
    setOpen(false);
    setTyped("");
  };
  const custom = customLabel && typed.trim() !== "" && !options.some((option) => option.value === typed.trim());
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        {...useFieldProps()}
        disabled={disabled}
        role="combobox"
        aria-controls={listId}
        aria-expanded={open}
        aria-label={label}
        className={cn(CONTROL, "flex h-7.5 items-center gap-1.75 px-2.25 text-left", !value && "text-ink-3", className)}
      >
        {chosen?.icon}
        <span className="min-w-0 flex-1 truncate">
          {chosen?.label ?? (value || placeholder)}
          {chosen?.hint && <span className="text-ink-3"> · {chosen.hint}</span>}
        </span>
        <ChevronDown size={14} aria-hidden className="shrink-0 text-ink-3" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          id={listId}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className={cn(SURFACE, "w-(--radix-popover-trigger-width) min-w-56")}
        >
          <Command>
            <div className="flex items-center gap-2 border-b border-line px-2.5 text-ink-3">
              <Search size={14} aria-hidden />
              <Command.Input
                value={typed}
                onValueChange={setTyped}
                placeholder={searchLabel}
                aria-label={searchLabel}
                className="h-8 min-w-0 flex-1 bg-transparent text-13 text-ink outline-none"
              />
            </div>
            <Command.List className="max-h-64 overflow-y-auto p-1">
              <Command.Empty className="px-2 py-3 text-12 text-ink-3">{emptyText}</Command.Empty>
              {options.map((option) => (
                <ComboboxItem key={option.value} option={option} chosen={option.value === value} onChoose={choose} />
              ))}
              {custom && (
                <Command.Item value={typed} onSelect={() => choose(typed.trim())} className={ITEM} forceMount>
                  {customLabel(typed.trim())}
                </Command.Item>
              )}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

const ITEM =
  "flex min-h-7 cursor-default items-center gap-2 rounded-control px-2 py-1 text-13 outline-none select-none data-[disabled=true]:opacity-45 data-[selected=true]:bg-hover";

function ComboboxItem({
  option,
  chosen,
  onChoose,
}: {
  option: Option;
  chosen: boolean;
  onChoose: (value: string) => void;
}) {
  return (
    <Command.Item
      value={option.value}
      keywords={[option.label, option.hint ?? ""]}
      disabled={option.disabled ?? false}
      onSelect={() => onChoose(option.value)}
      className={ITEM}
    >
      {option.icon}
      <span className="truncate">{option.label}</span>
      {option.hint && <span className="truncate text-12 text-ink-3">{option.hint}</span>}
      {chosen && <Check size={14} aria-hidden className="ml-auto shrink-0 text-accent" />}
    </Command.Item>
  );
}
