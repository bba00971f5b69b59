import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn.ts";
import { MENU_ITEM, MENU_LABEL, MENU_SEPARATOR, MENU_SURFACE } from "./menu-style.ts";

export const DropdownMenu = Radix.Root;
export const DropdownMenuTrigger = Radix.Trigger;
export const DropdownMenuRadioGroup = Radix.RadioGroup;

export function DropdownMenuContent({ className, ...rest }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        sideOffset={4}
        collisionPadding={8}
        align="start"
        className={cn(MENU_SURFACE, className)}
        {...rest}
      />
    </Radix.Portal>
  );
}

export interface MenuItemProps {
  icon?: ReactNode;
  shortcut?: string;
  danger?: boolean;
  disabled?: boolean;
  onSelect?: (event: Event) => void;
  children: ReactNode;
}

export function DropdownMenuItem({ icon, shortcut, danger, children, ...rest }: MenuItemProps) {
  return (
    <Radix.Item className={cn(MENU_ITEM, danger && "text-bad")} {...rest}>
      <MenuItemBody icon={icon} shortcut={shortcut}>
        {children}
      </MenuItemBody>
    </Radix.Item>
  );
}

export function DropdownMenuRadioItem({ value, children }: { value: string; children: ReactNode }) {
  return (
    <Radix.RadioItem value={value} className={MENU_ITEM}>
      {children}
      <Radix.ItemIndicator className="ml-auto pl-4 text-accent">
        <Check size={14} aria-hidden />
      </Radix.ItemIndicator>
    </Radix.RadioItem>
  );
}

export function DropdownMenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className={MENU_LABEL}>{children}</Radix.Label>;
}

export function DropdownMenuSeparator() {
  return <Radix.Separator className={MENU_SEPARATOR} />;
}

/** Icon, words and key of an entry, the same in both kinds of menu. */
export function MenuItemBody({ icon, shortcut, children }: Pick<MenuItemProps, "icon" | "shortcut" | "children">) {
  return (
    <>
      {icon && <span className="grid size-4 shrink-0 place-items-center text-ink-2">{icon}</span>}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {shortcut && <span className="ml-6 shrink-0 text-11 text-ink-3">{shortcut}</span>}
    </>
  );
}
