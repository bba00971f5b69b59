import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useDocument } from "../document/store.ts";
import { useSelection } from "../selection/store.ts";
import { Callout } from "../ui/index.ts";
import { attachDocument } from "./attach-document.ts";
import { EDITOR_OPTIONS, followTheme, monaco } from "./monaco.ts";
import { useFlowLanguage } from "./use-flow-language.ts";
import { useMarkers } from "./use-markers.ts";

/** The whole flow as its file holds it. What is typed changes the canvas, what is drawn changes the text. */
export function FlowCode() {
  const { t } = useTranslation("code");
  const box = useRef<HTMLDivElement>(null);
  const editor = useRef<monaco.editor.IStandaloneCodeEditor>(null);
  const readOnly = useDocument((state) => state.readOnly !== undefined || state.name === null);
  const newer = useDocument((state) => state.readOnly === "newer-version");

  useEffect(() => {
    const stopTheme = followTheme();
    const model = monaco.editor.createModel(useDocument.getState().source.text, "yaml");
    const created = monaco.editor.create(box.current!, {
      ...EDITOR_OPTIONS,
      model,
      ariaLabel: t("name"),
      wordWrap: "on",
    });
    editor.current = created;
    const detach = attachDocument(created, model);
    return () => {
      detach();
      editor.current = null;
      created.dispose();
      model.dispose();
      stopTheme();
    };
  }, [t]);

  useEffect(
    () => editor.current?.updateOptions({ readOnly, readOnlyMessage: { value: t("readOnly") } }),
    [readOnly, t],
  );
  useMarkers(editor);
  useFlowLanguage(editor);
  useReveal(editor);

  return (
    <section aria-label={t("name")} className="flex h-full flex-col">
      <header className="flex h-9 shrink-0 items-center gap-2 border-b border-line-2 px-3.5">
        <h2 className="text-13 font-semibold">{t("title")}</h2>
        <FileName />
      </header>
      {newer && (
        <div className="p-2">
          <Callout tone="info">{t("newer")}</Callout>
        </div>
      )}
      <div ref={box} className="min-h-0 flex-1" />
    </section>
  );
}

function FileName() {
  const name = useDocument((state) => state.name);
  return name === null ? null : <span className="truncate font-mono text-11 text-ink-3">{name}.flow.yaml</span>;
}

/** Shows the part of the text that a selected node stands in, or a line that someone asked for. */
function useReveal(editor: { current: monaco.editor.IStandaloneCodeEditor | null }) {
  const node = useSelection((state) => (state.nodes.length === 1 ? state.nodes[0] : undefined));
  const asked = useSelection((state) => state.line);
  useEffect(() => {
    if (node === undefined || !editor.current || editor.current.hasTextFocus()) return;
    const model = editor.current.getModel();
    const line = model?.findMatches(`^ +${node}:`, false, true, true, null, false, 1)[0]?.range.startLineNumber;
    if (line !== undefined) editor.current.revealLineInCenterIfOutsideViewport(line);
  }, [node, editor]);
  useEffect(() => {
    if (!asked || !editor.current) return;
    editor.current.revealLineInCenter(asked.line);
    editor.current.setPosition({ lineNumber: asked.line, column: asked.column });
    editor.current.focus();
  }, [asked, editor]);
}
