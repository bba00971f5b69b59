import { DropdownMenu as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn.ts";
import { MENU_ITEM, MENU_LABEL, MENU_SURFACE } from "./menu-style.ts";

export const DropdownMenu = Radix.Root;
export const DropdownMenuTrigger = Radix.Trigger;

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

export function DropdownMenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className={MENU_LABEL}>{children}</Radix.Label>;
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
