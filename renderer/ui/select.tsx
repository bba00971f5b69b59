import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { useFieldProps } from "./field.tsx";
import { CONTROL } from "./input.tsx";
import { MENU_ITEM, MENU_SURFACE } from "./menu-style.ts";

export interface Option<Value extends string = string> {
  value: Value;
  label: string;
  /** Smaller, after the label. */
  hint?: string;
  icon?: ReactNode;
  disabled?: boolean;
}

export interface SelectProps<Value extends string> {
  value: Value | undefined;
  onChange: (value: Value) => void;
  options: readonly Option<Value>[];
  placeholder?: string;
  disabled?: boolean;
  /** Accessible name where no Field gives one. */
  label?: string;
  className?: string;
}

/** One of a few. For long or open lists take Combobox. */
export function Select<Value extends string>({
  value,
  onChange,
  options,
  placeholder,
  disabled,
  label,
  className,
}: SelectProps<Value>) {
  const chosen = options.find((option) => option.value === value);
  return (
    <Radix.Root value={value ?? ""} onValueChange={(next) => onChange(next as Value)} disabled={disabled}>
      <Radix.Trigger
        {...useFieldProps()}
        aria-label={label}
        className={cn(
          CONTROL,
          "flex h-7.5 items-center gap-1.75 px-2.25 text-left data-placeholder:text-ink-3",
          className,
        )}
      >
        {chosen?.icon}
        <span className="min-w-0 flex-1 truncate">
          <Radix.Value placeholder={placeholder}>{chosen?.label}</Radix.Value>
          {chosen?.hint && <span className="text-ink-3"> · {chosen.hint}</span>}
        </span>
        <ChevronDown size={14} aria-hidden className="shrink-0 text-ink-3" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className={cn(
            MENU_SURFACE,
            "max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width)",
          )}
        >
          <Radix.Viewport>
            {options.map((option) => (
              <Radix.Item key={option.value} value={option.value} disabled={option.disabled} className={MENU_ITEM}>
                {option.icon}
                <Radix.ItemText>{option.label}</Radix.ItemText>
                {option.hint && <span className="text-12 text-ink-3">{option.hint}</span>}
                <Radix.ItemIndicator className="ml-auto pl-3 text-accent">
                  <Check size={14} aria-hidden />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
