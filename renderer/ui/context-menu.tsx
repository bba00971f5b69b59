import { ContextMenu as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";
import { MenuItemBody, type MenuItemProps } from "./dropdown-menu.tsx";
import { MENU_ITEM, MENU_SEPARATOR, MENU_SURFACE } from "./menu-style.ts";

export const ContextMenu = Radix.Root;
export const ContextMenuTrigger = Radix.Trigger;

export function ContextMenuContent({ className, ...rest }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content collisionPadding={8} className={cn(MENU_SURFACE, className)} {...rest} />
    </Radix.Portal>
  );
}

export function ContextMenuItem({ icon, shortcut, danger, children, ...rest }: MenuItemProps) {
  return (
    <Radix.Item className={cn(MENU_ITEM, danger && "text-bad")} {...rest}>
      <MenuItemBody icon={icon} shortcut={shortcut}>
        {children}
      </MenuItemBody>
    </Radix.Item>
  );
}

export function ContextMenuSeparator() {
  return <Radix.Separator className={MENU_SEPARATOR} />;
}
