import { Slot } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn.ts";
import { Spinner } from "./spinner.tsx";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";

const VARIANTS: Record<ButtonVariant, string> = {
  primary: "bg-accent text-on-accent border-transparent hover:bg-accent-hover",
  secondary: "bg-panel text-ink border-line hover:bg-hover hover:border-line-strong",
  ghost: "bg-transparent text-ink-2 border-transparent hover:bg-hover hover:text-ink",
  danger: "bg-bad text-on-bad border-transparent hover:brightness-95",
};

const SIZES = { sm: "h-6 px-2 text-12 gap-1", md: "h-7 px-2.75 text-13 gap-1.5", lg: "h-8 px-3.5 text-13 gap-2" };

export interface ButtonProps extends ComponentProps<"button"> {
  variant?: ButtonVariant;
  size?: keyof typeof SIZES;
  icon?: ReactNode;
  /** Shows a spinner in place of the icon and refuses clicks. */
  busy?: boolean;
  /** Renders the one child element (a link, say) with the button's looks. */
  asChild?: boolean;
}

/** A button with words. One primary button per view. */
export function Button({
  variant = "secondary",
  size = "md",
  icon,
  busy,
  asChild,
  className,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  const classes = cn(
    "inline-flex shrink-0 items-center justify-center rounded-control border font-medium whitespace-nowrap transition-colors select-none",
    "disabled:pointer-events-none disabled:opacity-45",
    SIZES[size],
    VARIANTS[variant],
    className,
  );
  if (asChild) {
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button type="button" className={classes} disabled={disabled || busy} aria-busy={busy || undefined} {...rest}>
      {busy ? <Spinner size={14} /> : icon}
      {children}
    </button>
  );
}
