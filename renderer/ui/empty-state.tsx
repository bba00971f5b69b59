import type { ReactNode } from "react";
import { cn } from "./cn.ts";

export interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  /** What this place is for, in a sentence or two. */
  children: ReactNode;
  /** The one button. */
  action?: ReactNode;
  compact?: boolean;
}

/** A place with nothing in it yet: says what it is for and offers one way to begin. */
export function EmptyState({ icon, title, children, action, compact }: EmptyStateProps) {
  return (
    <div
      className={cn(
        "flex h-full flex-col items-center justify-center text-center",
        compact ? "gap-2 p-4" : "gap-3 p-10",
      )}
    >
      <div
        className={cn(
          "grid place-items-center rounded-card bg-accent-soft text-accent",
          compact ? "size-8" : "size-11",
        )}
      >
        {icon}
      </div>
      <div className="max-w-96">
        <div className={cn("font-semibold", compact ? "text-13" : "text-16")}>{title}</div>
        <div className="mt-1 text-13 text-balance text-ink-2">{children}</div>
      </div>
      {action && <div className="mt-1">{action}</div>}
    </div>
  );
}
