import { Check, CircleDashed, Lock, TriangleAlert } from "lucide-react";
import { useDocument } from "../../document/store.ts";
import { useErrorText, useTranslation } from "../../i18n/index.ts";
import { cn, Spinner, Tooltip } from "../../ui/index.ts";

/** Whether the flow on screen is the flow on disk. */
export function SavedState() {
  const { t } = useTranslation();
  const open = useDocument((state) => state.name !== null);
  const saved = useDocument((state) => state.savedState);
  const error = useDocument((state) => state.saveError);
  const errorText = useErrorText();
  if (!open) return null;
  const { icon, words, hue } = LOOKS[saved];
  const line = (
    <span role="status" className={cn("flex shrink-0 items-center gap-1.25 text-12", hue)}>
      {icon}
      {t(words)}
    </span>
  );
  return error ? <Tooltip content={errorText(error)}>{line}</Tooltip> : line;
}

const LOOKS = {
  saved: { icon: <Check size={13} aria-hidden />, words: "top.saved", hue: "text-ink-3" },
  saving: { icon: <Spinner size={12} />, words: "top.saving", hue: "text-ink-3" },
  unsaved: { icon: <CircleDashed size={13} aria-hidden />, words: "top.unsaved", hue: "text-ink-3" },
  failed: { icon: <TriangleAlert size={13} aria-hidden />, words: "top.saveFailed", hue: "text-bad" },
  conflict: { icon: <TriangleAlert size={13} aria-hidden />, words: "top.conflict", hue: "text-warn" },
  "read-only": { icon: <Lock size={13} aria-hidden />, words: "top.readOnly", hue: "text-ink-3" },
} as const;
