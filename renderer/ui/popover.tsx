import { Popover as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { SURFACE } from "./menu-style.ts";

export interface PopoverProps {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** One element that takes a ref. */
  trigger: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  align?: "start" | "center" | "end";
  /** Accessible name. */
  label: string;
  className?: string;
  children: ReactNode;
}

/** A small panel attached to what opened it. */
export function Popover({
  open,
  onOpenChange,
  trigger,
  side = "bottom",
  align = "start",
  label,
  className,
  children,
}: PopoverProps) {
  return (
    <Radix.Root {...(open !== undefined && { open })} {...(onOpenChange && { onOpenChange })}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className={cn(SURFACE, "p-3", className)}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
