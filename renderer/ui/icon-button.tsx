import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn.ts";
import { Tooltip } from "./tooltip.tsx";

const SIZES = { sm: "size-6", md: "size-7", lg: "size-10 rounded-[8px]" };

export interface IconButtonProps extends Omit<ComponentProps<"button">, "children"> {
  /** What it does: accessible name and tooltip. */
  label: string;
  shortcut?: string;
  size?: keyof typeof SIZES;
  /** Pressed or current: drawn in the accent. */
  active?: boolean;
  side?: "top" | "right" | "bottom" | "left";
  children: ReactNode;
}

/** A button that is only an icon; its label shows as a tooltip. */
export function IconButton({
  label,
  shortcut,
  size = "md",
  active,
  side = "bottom",
  className,
  children,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip content={label} shortcut={shortcut} side={side}>
      <button
        type="button"
        aria-label={label}
        className={cn(
          "inline-grid shrink-0 place-items-center rounded-control transition-colors disabled:pointer-events-none disabled:opacity-40",
          active ? "bg-accent-soft text-accent" : "text-ink-2 hover:bg-hover hover:text-ink",
          SIZES[size],
          className,
        )}
        {...rest}
      >
        {children}
      </button>
    </Tooltip>
  );
}
