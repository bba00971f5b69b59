import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";

export interface TabItem<Value extends string = string> {
  value: Value;
  label: ReactNode;
  /** After the label: a count. */
  badge?: ReactNode;
}

export interface TabsProps<Value extends string> {
  value: Value;
  onChange: (value: Value) => void;
  items: readonly TabItem<Value>[];
  /** Accessible name of the list. */
  label: string;
  /** At the right of the tabs. */
  aside?: ReactNode;
  /** The list has no side padding: it stands in something that has its own. */
  flush?: boolean;
  /** A lower list without the line under it, for a small pane. */
  compact?: boolean;
  /** Only the panel shows: there is nothing to choose. */
  hideList?: boolean;
  className?: string;
  /** TabPanels. */
  children: ReactNode;
}

/** Underlined tabs over panels. Put a TabPanel for each value inside. */
export function Tabs<Value extends string>({
  value,
  onChange,
  items,
  label,
  aside,
  className,
  flush,
  compact,
  hideList,
  children,
}: TabsProps<Value>) {
  return (
    <Radix.Root
      value={value}
      onValueChange={(next) => onChange(next as Value)}
      className={cn("flex min-h-0 min-w-0 flex-col", className)}
    >
      <div
        className={cn(
          "shrink-0 items-center gap-4",
          hideList ? "hidden" : "flex",
          compact ? "h-8" : "h-9 border-b border-line-2",
          !flush && (compact ? "px-3" : "px-3.5"),
        )}
      >
        <Radix.List aria-label={label} className="flex h-full shrink-0 gap-4.5">
          {items.map((item) => (
            <Radix.Trigger
              key={item.value}
              value={item.value}
              className="relative flex h-full items-center gap-1.5 text-13 font-medium text-ink-2 transition-colors after:absolute after:inset-x-0 after:bottom-0 after:h-0.5 after:rounded-full hover:text-ink data-[state=active]:text-ink data-[state=active]:after:bg-accent"
            >
              {item.label}
              {item.badge}
            </Radix.Trigger>
          ))}
        </Radix.List>
        {aside && <div className="ml-auto flex min-w-0 items-center gap-2">{aside}</div>}
      </div>
      {children}
    </Radix.Root>
  );
}

export function TabPanel({ value, className, children }: { value: string; className?: string; children: ReactNode }) {
  return (
    <Radix.Content value={value} className={cn("min-h-0 flex-1 outline-none", className)}>
      {children}
    </Radix.Content>
  );
}
