import { Separator } from "react-resizable-panels";
import { cn } from "../../ui/index.ts";

/** The line between two panels; wider to grab than to see. */
export function ResizeHandle({ label, vertical }: { label: string; vertical?: boolean }) {
  return (
    <Separator
      aria-label={label}
      className={cn(
        "relative z-10 bg-line transition-colors outline-none hover:bg-accent-line focus-visible:bg-accent data-[separator=active]:bg-accent",
        vertical ? "h-px" : "w-px",
      )}
    />
  );
}
