import { useEffect, type RefObject } from "react";
import { problemMessage, type Problem } from "../../engine/flow/index.ts";
import { useDocument } from "../document/store.ts";
import { useLanguage } from "../i18n/index.ts";
import { monaco } from "./monaco.ts";

const NONE: readonly Problem[] = [];

/** Marks every problem at its line: the text's own at once, those of the meaning when the host has answered. */
export function useMarkers(editor: RefObject<monaco.editor.IStandaloneCodeEditor | null>): void {
  const language = useLanguage();
  const own = useDocument((state) => state.source.problems);
  const broken = useDocument((state) => state.broken);
  const analysed = useDocument((state) => state.analysis?.problems ?? NONE);
  useEffect(() => {
    const model = editor.current?.getModel();
    if (!model) return;
    const problems = broken ? own : analysed;
    monaco.editor.setModelMarkers(
      model,
      "heddle",
      problems
        .filter(({ line }) => line !== undefined)
        .map((problem) => marker(model, problem, problemMessage(language, problem))),
    );
  }, [editor, own, analysed, broken, language]);
}

function marker(model: monaco.editor.ITextModel, problem: Problem, message: string): monaco.editor.IMarkerData {
  const startLineNumber = Math.min(problem.line ?? 1, model.getLineCount());
  const startColumn = problem.column ?? 1;
  return {
    severity: problem.severity === "error" ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
    message,
    startLineNumber,
    startColumn,
    endLineNumber: startLineNumber,
    endColumn: Math.max(startColumn + 1, model.getLineMaxColumn(startLineNumber)),
  };
}
