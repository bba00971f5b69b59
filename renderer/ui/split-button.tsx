import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { DropdownMenu, DropdownMenuContent, DropdownMenuTrigger } from "./dropdown-menu.tsx";
import { Spinner } from "./spinner.tsx";

const PART =
  "inline-flex h-7 items-center bg-accent text-13 font-medium text-on-accent transition-colors hover:bg-accent-hover disabled:pointer-events-none disabled:opacity-45 focus-visible:z-10";

export interface SplitButtonProps {
  icon?: ReactNode;
  children: ReactNode;
  onClick: () => void;
  disabled?: boolean;
  busy?: boolean;
  title?: string;
  /** Accessible name of the arrow. */
  menuLabel: string;
  /** DropdownMenuItems. */
  menu: ReactNode;
}

/** A primary action with its variants behind an arrow. */
export function SplitButton({ icon, children, onClick, disabled, busy, title, menuLabel, menu }: SplitButtonProps) {
  return (
    <div className="inline-flex shrink-0">
      <button
        type="button"
        className={cn(PART, "gap-1.5 rounded-l-control px-2.75")}
        {...{ onClick, title }}
        disabled={disabled || busy}
      >
        {busy ? <Spinner size={12} /> : icon}
        {children}
      </button>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <button
            type="button"
            aria-label={menuLabel}
            className={cn(PART, "rounded-r-control border-l border-on-accent/25 px-1.5")}
          >
            <ChevronDown size={14} aria-hidden />
          </button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">{menu}</DropdownMenuContent>
      </DropdownMenu>
    </div>
  );
}
