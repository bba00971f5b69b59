import { useTranslation } from "react-i18next";
import { configure, renameKey } from "../../document/edits.ts";
import { cn } from "../../ui/index.ts";
import { useCanvasUi } from "../ui-store.ts";
import { InlineEdit } from "./inline-edit.tsx";

const useEditing = (id: string, part: "title" | "key"): boolean =>
  useCanvasUi((ui) => ui.editing?.node === id && ui.editing.part === part);

const stop = (): void => useCanvasUi.getState().set({ editing: null });

/** What a step is called; a double click types over it. */
export function CardTitle({ id, title }: { id: string; title: string }) {
  const { t } = useTranslation("canvas");
  if (useEditing(id, "title")) {
    return (
      <InlineEdit
        value={title}
        label={t("node.title")}
        className="leading-4.5 font-semibold"
        onDone={(text) => {
          stop();
          if (text !== null && text.trim() !== title) configure(id, ["title"], text.trim() || undefined);
        }}
      />
    );
  }
  return (
    <div
      data-part="title"
      className="truncate text-13 leading-4.5 font-semibold text-ink"
      onDoubleClick={(event) => {
        event.stopPropagation();
        useCanvasUi.getState().set({ editing: { node: id, part: "title" } });
      }}
    >
      {title}
    </div>
  );
}

/** What references call it. */
export function CardKey({ id, className }: { id: string; className?: string }) {
  const { t } = useTranslation("canvas");
  if (useEditing(id, "key")) {
    return (
      <InlineEdit
        value={id}
        label={t("node.key")}
        className="font-mono text-11"
        onDone={(text) => {
          stop();
          if (text !== null && text.trim() !== id) renameKey(id, text.trim());
        }}
      />
    );
  }
  return <div className={cn("truncate font-mono text-11 leading-4 text-ink-3", className)}>{id}</div>;
}
