import { useEffect, useRef } from "react";
import { useDocument } from "../document/store.ts";
import { guestTypes } from "./guest-types.ts";
import { EDITOR_OPTIONS, followTheme, monaco, typescript } from "./monaco.ts";
import { inputType } from "./schema-type.ts";
import { smallestEdit } from "./text-edit.ts";

interface CodeEditorProps {
  node: string;
  label: string;
  value: string;
  onChange: (text: string) => void;
  readOnly: boolean;
}

/** A `return` outside of a function: short code is the body of one. */
const RETURN_OUTSIDE = 1108;

typescript.typescriptDefaults.setCompilerOptions({
  target: typescript.ScriptTarget.ESNext,
  module: typescript.ModuleKind.ESNext,
  lib: ["esnext"],
  strict: true,
  allowNonTsExtensions: true,
});
typescript.typescriptDefaults.setDiagnosticsOptions({ diagnosticCodesToIgnore: [RETURN_OUTSIDE] });

/** TypeScript of one step, checked against what the step is given. */
export function CodeEditor({ node, label, value, onChange, readOnly }: CodeEditorProps) {
  const box = useRef<HTMLDivElement>(null);
  const editor = useRef<monaco.editor.IStandaloneCodeEditor>(null);
  const change = useRef(onChange);
  useEffect(() => {
    change.current = onChange;
  });
  const initial = useRef(value);
  useEffect(() => {
    const stopTheme = followTheme();
    const uri = monaco.Uri.parse(`file:///${node}.ts`);
    const model = monaco.editor.getModel(uri) ?? monaco.editor.createModel(initial.current, "typescript", uri);
    const created = monaco.editor.create(box.current!, {
      ...EDITOR_OPTIONS,
      model,
      ariaLabel: label,
      lineNumbersMinChars: 2,
      wordWrap: "on",
      folding: false,
    });
    editor.current = created;
    const typed = model.onDidChangeContent(() => change.current(model.getValue()));
    const left = created.onDidBlurEditorText(() => useDocument.getState().seal());
    return () => {
      typed.dispose();
      left.dispose();
      editor.current = null;
      created.dispose();
      model.dispose();
      stopTheme();
    };
  }, [node, label]);
  useEffect(() => editor.current?.updateOptions({ readOnly }), [readOnly]);
  useTakeOver(editor, value);
  useInputTypes(node);
  return <div ref={box} className="h-full" />;
}

/** A change from elsewhere (undo, the YAML) is spliced in. */
function useTakeOver(editor: { current: monaco.editor.IStandaloneCodeEditor | null }, value: string) {
  useEffect(() => {
    const model = editor.current?.getModel();
    const edit = model && smallestEdit(model.getValue(), value);
    if (!model || !edit) return;
    const range = monaco.Range.fromPositions(model.getPositionAt(edit.start), model.getPositionAt(edit.end));
    model.applyEdits([{ range, text: edit.text }]);
  }, [editor, value]);
}

/** Tells the checker the type of `input`, from what the step is given and what earlier steps promise. */
function useInputTypes(node: string) {
  const input = useDocument((state) => state.flow.nodes[node]?.config?.["input"]);
  const nodes = useDocument((state) => state.analysis?.nodes);
  const type = inputType(input, (root) => nodes?.[node]?.locals[root] ?? nodes?.[root]?.output);
  useEffect(() => {
    const lib = typescript.typescriptDefaults.addExtraLib(guestTypes(type), "file:///heddle-input.d.ts");
    return () => lib.dispose();
  }, [type]);
}
