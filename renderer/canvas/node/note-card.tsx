import type { NodeProps } from "@xyflow/react";
import { memo, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { configure } from "../../document/edits.ts";
import { useDocument } from "../../document/store.ts";
import { cn } from "../../ui/index.ts";
import type { CanvasNode } from "../graph/to-graph.ts";
import { Markdown } from "../../inspector/markdown.tsx";
import { useCanvasUi } from "../ui-store.ts";

/** A remark on the canvas: paper, not a card. A double click opens it for writing. */
export const NoteCard = memo(function NoteCard({ id, selected }: NodeProps<CanvasNode>) {
  const { t } = useTranslation("canvas");
  const text = useDocument((state) => String(state.flow.nodes[id]?.config?.["text"] ?? ""));
  const editing = useCanvasUi((ui) => ui.editing?.node === id);
  const open = () => useCanvasUi.getState().set({ editing: { node: id, part: "note" } });
  return (
    <div className={cn("note-card", selected && "note-selected")} onDoubleClick={open}>
      {editing ? (
        <NoteEditor id={id} text={text} />
      ) : text.trim() === "" ? (
        <p className="text-ink-3">{t("note.empty")}</p>
      ) : (
        <Markdown text={text} />
      )}
    </div>
  );
});

function NoteEditor({ id, text }: { id: string; text: string }) {
  const { t } = useTranslation("canvas");
  const [draft, setDraft] = useState(text);
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => area.current?.focus(), []);
  const close = () => {
    useCanvasUi.getState().set({ editing: null });
    if (draft !== text) configure(id, ["config", "text"], draft);
  };
  return (
    <textarea
      ref={area}
      value={draft}
      aria-label={t("note.text")}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={close}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Escape" && !event.nativeEvent.isComposing) close();
      }}
      className="nodrag nopan nowheel field-sizing-content min-h-16 w-full resize-none bg-transparent outline-none"
    />
  );
}
