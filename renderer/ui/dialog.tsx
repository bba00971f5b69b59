import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { useRef, type ReactNode } from "react";
import { cn } from "./cn.ts";
import { IconButton } from "./icon-button.tsx";

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  /** Accessible name of the close button. */
  closeLabel: string;
  /** Buttons at the foot; the primary one last. */
  footer?: ReactNode;
  size?: keyof typeof WIDTHS;
  children: ReactNode;
}

const WIDTHS = { sm: "w-100", md: "w-135", lg: "w-190" };

/** A question or a task that needs the user's whole attention. */
export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, description, closeLabel, footer, size = "md", children } = props;
  const content = useRef<HTMLDivElement>(null);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Radix.Content
          ref={content}
          tabIndex={-1}
          // What asks for the focus itself (autoFocus) has it by now; else the dialog, not its close button, takes it.
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            content.current?.focus();
          }}
          {...(!description && { "aria-describedby": undefined })}
          className={cn(
            "fixed top-[12vh] left-1/2 z-45 flex max-h-[80vh] max-w-[calc(100vw-32px)] -translate-x-1/2 animate-rise flex-col rounded-card border border-line bg-panel shadow-float outline-none",
            WIDTHS[size],
          )}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-16 font-semibold">{title}</Radix.Title>
              {description && (
                <Radix.Description className="mt-0.5 text-13 text-ink-2">{description}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton label={closeLabel} className="-mt-0.5 -mr-1.5">
                <X size={16} aria-hidden />
              </IconButton>
            </Radix.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
          {footer && (
            <footer className="flex items-center justify-end gap-2 border-t border-line-2 px-5 py-3">{footer}</footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
