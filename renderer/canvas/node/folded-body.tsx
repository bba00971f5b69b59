import { ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useDocument } from "../../document/store.ts";
import { toggleFolded } from "../folded.ts";

/** At the foot of a folded container: how much it holds, and the way to see it. */
export function FoldedBody({ id }: { id: string }) {
  const { t } = useTranslation("canvas");
  const count = useDocument(({ flow }) => Object.values(flow.parents).filter((parent) => parent === id).length);
  return (
    <button
      type="button"
      aria-expanded={false}
      className="nodrag flex w-full items-center gap-1 border-t border-line-2 px-2.75 py-1.25 text-11 text-ink-2 hover:text-accent"
      onClick={() => toggleFolded(id)}
    >
      <ChevronRight size={12} aria-hidden />
      {t("body.folded", { count })}
    </button>
  );
}
