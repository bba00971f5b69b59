import { documentStore } from "../document/store.ts";
import type { monaco as Monaco } from "./monaco.ts";
import { monaco } from "./monaco.ts";
import { smallestEdit } from "./text-edit.ts";

/**
 * Joins an editor with the open document, both ways and without a loss: typing goes to the document, and what the document becomes by
 * other hands is spliced into the text. Undo is the document's own. Returns the undoing.
 */
export function attachDocument(
  editor: Monaco.editor.IStandaloneCodeEditor,
  model: Monaco.editor.ITextModel,
): () => void {
  let splicing = false;
  model.setEOL(
    documentStore.getState().source.text.includes("\r\n")
      ? monaco.editor.EndOfLineSequence.CRLF
      : monaco.editor.EndOfLineSequence.LF,
  );

  const typed = model.onDidChangeContent(() => {
    if (!splicing) documentStore.getState().replaceText(model.getValue());
  });
  const left = editor.onDidBlurEditorText(() => documentStore.getState().seal());
  const stop = documentStore.subscribe(({ source }, before) => {
    if (source === before.source) return;
    const edit = smallestEdit(model.getValue(), source.text);
    if (!edit) return;
    splicing = true;
    const range = monaco.Range.fromPositions(model.getPositionAt(edit.start), model.getPositionAt(edit.end));
    model.applyEdits([{ range, text: edit.text }]);
    splicing = false;
  });
  const { CtrlCmd, Shift } = monaco.KeyMod;
  const action = (id: string, keybindings: number[], run: () => void) =>
    editor.addAction({ id, label: id, keybindings, run });
  const keys = [
    action("heddle.undo", [CtrlCmd | monaco.KeyCode.KeyZ], () => documentStore.getState().undo()),
    action("heddle.redo", [CtrlCmd | Shift | monaco.KeyCode.KeyZ, CtrlCmd | monaco.KeyCode.KeyY], () =>
      documentStore.getState().redo(),
    ),
    action("heddle.save", [CtrlCmd | monaco.KeyCode.KeyS], () => void documentStore.getState().flush()),
  ];
  return () => {
    stop();
    for (const part of [typed, left, ...keys]) part.dispose();
  };
}
