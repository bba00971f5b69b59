import { ScrollArea as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";

/** Scrolls with a thin bar that shows on hover, the same on every platform. */
export function ScrollArea({
  className,
  viewportClassName,
  children,
}: {
  className?: string;
  viewportClassName?: string;
  children: ReactNode;
}) {
  return (
    <Radix.Root type="hover" scrollHideDelay={400} className={cn("min-h-0 overflow-hidden", className)}>
      <Radix.Viewport className={cn("size-full [&>div]:block!", viewportClassName)}>{children}</Radix.Viewport>
      <Radix.Scrollbar orientation="vertical" className="flex w-2 touch-none p-0.5 select-none">
        <Radix.Thumb className="flex-1 rounded-full bg-line-strong" />
      </Radix.Scrollbar>
    </Radix.Root>
  );
}
