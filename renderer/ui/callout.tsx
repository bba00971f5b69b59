import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";

const TONES = {
  info: { box: "bg-info-soft", icon: "text-info", Icon: Info },
  warn: { box: "bg-warn-soft", icon: "text-warn", Icon: TriangleAlert },
  bad: { box: "bg-bad-soft", icon: "text-bad", Icon: CircleAlert },
};

export interface CalloutProps {
  tone: keyof typeof TONES;
  children: ReactNode;
  /** At the foot: what to do about it. */
  actions?: ReactNode;
  className?: string;
}

/** A sentence that must not be missed, beside what it is about. */
export function Callout({ tone, children, actions, className }: CalloutProps) {
  const { box, icon, Icon } = TONES[tone];
  return (
    <div
      role={tone === "bad" ? "alert" : "note"}
      className={cn("flex gap-2 rounded-[8px] px-2.5 py-2 text-12 text-ink", box, className)}
    >
      <Icon size={15} aria-hidden className={cn("mt-0.5 shrink-0", icon)} />
      <div className="min-w-0 flex-1 break-words">
        {children}
        {actions && <div className="mt-1.5 flex flex-wrap gap-1.5">{actions}</div>}
      </div>
    </div>
  );
}
