import { Toaster as Sonner, toast } from "sonner";

/** Once, in the app: where toasts appear. */
export function Toaster({ theme }: { theme: "light" | "dark" }) {
  return (
    <Sonner
      theme={theme}
      position="bottom-right"
      gap={8}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-[356px] items-start gap-2.5 rounded-[8px] border border-line bg-raised px-3 py-2.5 font-sans text-13 text-ink shadow-float",
          title: "font-medium",
          description: "text-12 text-ink-2",
          success: "[&_[data-icon]]:text-ok",
          error: "[&_[data-icon]]:text-bad",
          icon: "mt-0.5 shrink-0",
          actionButton:
            "ml-auto shrink-0 self-center rounded-control border border-line px-2 py-0.5 text-12 font-medium text-accent hover:bg-hover",
        },
      }}
    />
  );
}

/** Where to go from here: one button. */
export interface ToastAction {
  label: string;
  onClick: () => void;
}

/** Says briefly that something happened elsewhere on the screen. What needs an answer goes in a dialog instead. */
export const notify = {
  done: (title: string, description?: string, action?: ToastAction) => toast.success(title, { description, action }),
  failed: (title: string, description?: string) => toast.error(title, { description, duration: 8000 }),
  say: (title: string, description?: string) => toast(title, { description }),
};
