import { useEffect, type RefObject } from "react";
import { useRunValues } from "../canvas/node/run-state.ts";
import { documentStore } from "../document/store.ts";
import { currentLanguage } from "../i18n/index.ts";
import { variablesFor, preview } from "../inspector/variables.ts";
import { useFlows, useInfo, useModels, useNodeTypes, useToolServers } from "../rpc/index.ts";
import { monaco } from "./monaco.ts";
import { suggestionsAt, type Knowledge, type Suggestion } from "./suggest.ts";
import { flowPlace, yamlPlace } from "./yaml-place.ts";
import { fieldHints } from "../document/field-hints.ts";
import { schemaAt } from "./yaml-place.ts";

const KINDS = {
  key: monaco.languages.CompletionItemKind.Property,
  value: monaco.languages.CompletionItemKind.Value,
  reference: monaco.languages.CompletionItemKind.Variable,
};

/** Completion and hover for the flow's text: keys, types, models, servers, wires and references. */
export function useFlowLanguage(editor: RefObject<monaco.editor.IStandaloneCodeEditor | null>): void {
  const types = useNodeTypes();
  const models = useModels();
  const roles = useInfo().data?.project?.models;
  const servers = useToolServers();
  const flows = useFlows().data;
  const values = useRunValues();
  useEffect(() => {
    const knowledge = (): Knowledge => {
      const { flow, analysis } = documentStore.getState();
      return {
        flow,
        analysis,
        types,
        variables: (node, scope) => variablesFor(node, analysis?.nodes ?? {}, values, scope),
        names: {
          model: [...Object.keys(roles ?? {}), ...(models ?? []).map(({ id }) => id)],
          server: (servers ?? []).map(({ name }) => name),
          flow: (flows ?? []).map(({ name }) => name),
        },
        language: currentLanguage(),
      };
    };
    const isMine = (model: monaco.editor.ITextModel) => model === editor.current?.getModel();
    const completion = monaco.languages.registerCompletionItemProvider("yaml", {
      triggerCharacters: ["{", ".", " ", ":"],
      provideCompletionItems: (model, position) => ({
        suggestions: isMine(model) ? items(model, position, knowledge()) : [],
      }),
    });
    const hover = monaco.languages.registerHoverProvider("yaml", {
      provideHover: (model, position) => {
        const text = isMine(model) ? hoverText(model, position, knowledge()) : undefined;
        return text === undefined ? null : { contents: [{ value: text }] };
      },
    });
    return () => {
      completion.dispose();
      hover.dispose();
    };
  }, [editor, types, models, roles, servers, flows, values]);
}

function items(
  model: monaco.editor.ITextModel,
  { lineNumber, column }: monaco.Position,
  knowledge: Knowledge,
): monaco.languages.CompletionItem[] {
  const place = yamlPlace(model.getLinesContent(), lineNumber - 1, column - 1);
  const typed = /[\w.-]*$/.exec(place.before)![0];
  const range = new monaco.Range(lineNumber, column - typed.length, lineNumber, column);
  const open = place.before.slice(0, place.before.length - typed.length).endsWith("{{");
  const closed = /^\s*\}\}/.test(model.getLineContent(lineNumber).slice(column - 1));
  return suggestionsAt(place, knowledge).map((suggestion, i) => {
    const insert = closed ? suggestion.insert.replace(/ \}\}$/, "") : suggestion.insert;
    return item({ ...suggestion, insert }, range, open, i);
  });
}

function item(
  suggestion: Suggestion,
  range: monaco.IRange,
  open: boolean,
  order: number,
): monaco.languages.CompletionItem {
  return {
    label: suggestion.label,
    kind: KINDS[suggestion.kind],
    insertText: suggestion.kind === "reference" && open ? ` ${suggestion.insert}` : suggestion.insert,
    range,
    sortText: String(order).padStart(4, "0"),
    ...(suggestion.detail && { detail: suggestion.detail }),
    ...(suggestion.docs && { documentation: suggestion.docs }),
  };
}

/** What stands under the pointer: a field's help, a type's description, a reference's value in the last run. */
function hoverText(
  model: monaco.editor.ITextModel,
  { lineNumber, column }: monaco.Position,
  knowledge: Knowledge,
): string | undefined {
  const line = model.getLineContent(lineNumber);
  const place = yamlPlace(model.getLinesContent(), lineNumber - 1, line.length);
  const { section, node, part, inner } = flowPlace(place.path);
  if (section !== "nodes" || node === undefined) return undefined;
  const reference = [...line.matchAll(/[A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)*/g)].find(
    (match) => match.index < column && match.index + match[0].length >= column - 1,
  )?.[0];
  const variable = knowledge.variables(node).find(({ path }) => path === reference);
  if (variable)
    return `\`${variable.path}\` · ${variable.type}${variable.last === undefined ? "" : `\n\n${preview(variable.last)}`}`;
  if (part === undefined && place.after === "type") {
    const type = knowledge.types.find(({ type: name }) => line.includes(name));
    return type && `**${type.title[knowledge.language]}**\n\n${type.description[knowledge.language]}`;
  }
  if (part !== "config" || place.after === undefined) return undefined;
  const type = knowledge.types.find((candidate) => candidate.type === knowledge.flow.nodes[node]?.type);
  const { label, help } = fieldHints(schemaAt(type?.config, [...inner, place.after]) ?? {});
  if (!label) return undefined;
  return `**${label[knowledge.language]}**${help ? `\n\n${help[knowledge.language]}` : ""}`;
}
