import type { ReactNode } from "react";
import { cn } from "./cn.ts";

export interface PageProps {
  title: string;
  /** One sentence: what this place is for. */
  description?: ReactNode;
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  /** Full width for lists with a detail pane. */
  wide?: boolean;
  children: ReactNode;
}

/** A place of the studio other than the canvas: title, what it is for, content. */
export function Page({ title, description, actions, wide, children }: PageProps) {
  return (
    <main className="flex h-full min-h-0 flex-col bg-canvas">
      <header className="border-b border-line bg-panel">
        <div className={cn("mx-auto flex items-center gap-4 px-6 py-3.5", wide ? "max-w-none" : "max-w-230")}>
          <div className="min-w-0 flex-1">
            <h1 className="text-16 font-semibold">{title}</h1>
            {description && <p className="text-13 text-ink-2">{description}</p>}
          </div>
          {actions && <div className="flex shrink-0 gap-2">{actions}</div>}
        </div>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className={cn("mx-auto h-full px-6 py-5", wide ? "max-w-none" : "max-w-230")}>{children}</div>
      </div>
    </main>
  );
}

/** A titled part of a page. */
export function Section({ title, description, actions, children }: Omit<PageProps, "wide">) {
  return (
    <section aria-label={title} className="mb-7">
      <div className="mb-2.5 flex items-end gap-4">
        <div className="min-w-0 flex-1">
          <h2 className="text-14 font-semibold">{title}</h2>
          {description && <p className="mt-0.5 text-12 text-pretty text-ink-2">{description}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}

/** A surface that groups what belongs together. */
export function Card({ className, children }: { className?: string; children: ReactNode }) {
  return <div className={cn("rounded-card border border-line bg-panel", className)}>{children}</div>;
}
