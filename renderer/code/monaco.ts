import * as monaco from "monaco-editor/editor/editor.api";
import "monaco-editor/features/register.all";
import "monaco-editor/languages/definitions/typescript/register";
import "monaco-editor/languages/definitions/yaml/register";
import * as typescript from "monaco-editor/languages/features/typescript/register";
import EditorWorker from "monaco-editor/editor/editor.worker?worker";
import TypeScriptWorker from "monaco-editor/language/typescript/ts.worker?worker";

/** Only what flows and code steps need of Monaco: two languages of the eighty that it has. */
export { monaco, typescript };

self.MonacoEnvironment = {
  getWorker: (_id: string, label: string) =>
    label === "typescript" || label === "javascript" ? new TypeScriptWorker() : new EditorWorker(),
};

const COLORS = {
  "editor.background": "--panel",
  "editor.foreground": "--ink",
  "editorLineNumber.foreground": "--ink-3",
  "editorLineNumber.activeForeground": "--ink",
  "editorCursor.foreground": "--accent",
  "editor.selectionBackground": "--accent-soft",
  "editor.lineHighlightBackground": "--sunken",
  "editorIndentGuide.background1": "--line-2",
  "editorIndentGuide.activeBackground1": "--line-strong",
  "editorWidget.background": "--raised",
  "editorWidget.border": "--line",
  "editorSuggestWidget.background": "--raised",
  "editorSuggestWidget.border": "--line",
  "editorSuggestWidget.selectedBackground": "--hover",
  "editorSuggestWidget.selectedForeground": "--ink",
  "editorSuggestWidget.highlightForeground": "--accent",
  "editorHoverWidget.background": "--raised",
  "editorHoverWidget.border": "--line",
  "editorError.foreground": "--bad",
  "editorWarning.foreground": "--warn",
  "editorGutter.background": "--panel",
  "scrollbarSlider.background": "--line",
  "scrollbarSlider.hoverBackground": "--line-strong",
} as const;

const RULES = {
  type: "--accent",
  string: "--ok",
  comment: "--ink-3",
  number: "--info",
  keyword: "--family-models",
  operators: "--ink-2",
} as const;

/** `#fff`, as minified style sheets write it, in the six digits that Monaco wants. */
const longHex = (color: string): string => color.replace(/^#([\da-f])([\da-f])([\da-f])$/i, "#$1$1$2$2$3$3");

/** Colours of the editor from the studio's own, for the theme that is shown now. */
export function applyTheme(): void {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string) => longHex(style.getPropertyValue(name).trim());
  const dark = document.documentElement.dataset["theme"] === "dark";
  monaco.editor.defineTheme("heddle", {
    base: dark ? "vs-dark" : "vs",
    inherit: true,
    colors: Object.fromEntries(Object.entries(COLORS).map(([name, variable]) => [name, color(variable)])),
    rules: Object.entries(RULES).map(([token, variable]) => ({ token, foreground: color(variable).replace("#", "") })),
  });
  monaco.editor.setTheme("heddle");
}

/** Keeps the editor in the studio's theme. Returns its undoing. */
export function followTheme(): () => void {
  applyTheme();
  const observer = new MutationObserver(applyTheme);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}

/** What every editor of the studio has in common. */
export const EDITOR_OPTIONS: monaco.editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  fontFamily: "'JetBrains Mono Variable', ui-monospace, monospace",
  fontSize: 12,
  lineHeight: 19,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  renderLineHighlight: "line",
  overviewRulerLanes: 0,
  hideCursorInOverviewRuler: true,
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, alwaysConsumeMouseWheel: false },
  padding: { top: 8, bottom: 8 },
  tabSize: 2,
  fixedOverflowWidgets: true,
  lineNumbersMinChars: 3,
  folding: true,
  stickyScroll: { enabled: false },
  wordBasedSuggestions: "off",
  quickSuggestions: { other: true, strings: true, comments: false },
  theme: "heddle",
};
