import { ERROR_PORT, type Flow, type FlowAnalysis, type NodeAnalysis, UNDO_PORT } from "../../engine/flow/index.ts";
import { DEFAULT_PORT } from "../../engine/flow/schema.ts";
import type { JsonSchema } from "../../engine/lib/json.ts";
import type { Language, Text } from "../../engine/lib/text.ts";
import type { NodeType } from "../../engine/rpc/contract.ts";
import { fieldHints } from "../document/field-hints.ts";
import type { FieldScope } from "../inspector/form/field-scope.ts";
import type { Variable } from "../inspector/variables.ts";
import { flowPlace, openBraces, schemaAt, type YamlPlace } from "./yaml-place.ts";

/** Something that could stand at the caret. */
export interface Suggestion {
  label: string;
  insert: string;
  kind: "key" | "value" | "reference";
  detail?: string;
  docs?: string;
}

/** What suggestions are made from. */
export interface Knowledge {
  flow: Flow;
  analysis: FlowAnalysis | null;
  types: readonly NodeType[];
  variables(node: string, scope?: FieldScope): Variable[];
  /** Ids and roles of models, names of servers and flows: for fields that name one. */
  names: { model: string[]; server: string[]; flow: string[] };
  language: Language;
}

const TOP = ["heddle", "name", "description", "nodes", "edges", "bindings", "layout"];
const BODY = ["nodes", "edges", "bindings"];
const NODE = ["type", "title", "note", "config", "disabled", "retry", "timeout", "fallback", "join"];
const RETRY: Record<string, Text> = {
  times: { en: "Tries after the first one", zh: "首次之后再试的次数" },
  backoff: { en: "Wait before the first retry, like 1s", zh: "首次重试前的等待，如 1s" },
  factor: { en: "Every further wait is this many times the one before", zh: "之后每次等待是前一次的多少倍" },
  longest: { en: "The longest wait, like 10m", zh: "最长的等待，如 10m" },
  jitter: { en: "The share of each wait that chance takes away, 0 to 1", zh: "每次等待中随机减去的比例，0 到 1" },
  on: { en: "Codes of the errors that are worth another try, like http.*", zh: "值得重试的错误代码，如 http.*" },
};

/** What could be typed at a place of a flow's text. */
export function suggestionsAt(place: YamlPlace, knowledge: Knowledge): Suggestion[] {
  const { body, section, node, part, inner } = flowPlace(place.path);
  const type = knowledge.types.find((candidate) => candidate.type === knowledge.flow.nodes[node ?? ""]?.type);
  const scope = part === "config" ? scopeOf(type, inner[0] ?? place.after) : undefined;
  const braces = openBraces(place.before);
  if (braces !== null && section === "nodes" && node !== undefined)
    return references(knowledge.variables(node, scope), " }}");
  if (section === undefined) return place.after ? [] : keys(body === undefined ? TOP : BODY, place);
  if (section === "edges") return wires(knowledge, body, place);
  if (section === "bindings") return bindings(knowledge, body);
  if (section !== "nodes" || node === undefined) return [];
  if (part === undefined) return inNode(place, type, knowledge);
  if (part === "retry" && inner.length === 0) return place.after ? [] : inRetry(place, knowledge.language);
  return part === "config" && type ? inConfig({ place, path: inner, config: type.config, node, scope }, knowledge) : [];
}

/** Where a field of a container is rendered. */
const scopeOf = (type: NodeType | undefined, field: string | undefined): FieldScope =>
  field === undefined ? undefined : fieldHints(type?.config.properties?.[field] ?? {}).within;

const keys = (names: readonly string[], { siblings }: YamlPlace): Suggestion[] =>
  names.filter((name) => !siblings.includes(name)).map((name) => ({ label: name, insert: `${name}: `, kind: "key" }));

const inRetry = (place: YamlPlace, language: Language): Suggestion[] =>
  keys(Object.keys(RETRY), place).map((suggestion) => ({ ...suggestion, detail: RETRY[suggestion.label]![language] }));

const references = (variables: readonly Variable[], close: string): Suggestion[] =>
  variables.map(({ path, type }) => ({ label: path, insert: `${path}${close}`, kind: "reference", detail: type }));

function inNode(
  place: YamlPlace,
  known: NodeType | undefined,
  { types, flow, analysis, language }: Knowledge,
): Suggestion[] {
  if (place.after === "type") {
    return types.map((type) => ({
      label: type.type,
      insert: type.type,
      kind: "value",
      detail: type.title[language],
      docs: type.description[language],
    }));
  }
  if (place.after === "join") return values(["all", "any"]);
  if (place.after) return [];
  const holds = Object.entries(flow.nodes).some(
    ([key, node]) => node.type === known?.type && analysis?.nodes[key]?.body !== undefined,
  );
  return keys(holds ? [...NODE, "body"] : NODE, place);
}

const values = (words: readonly string[]): Suggestion[] =>
  words.map((word) => ({ label: word, insert: word, kind: "value" }));

interface ConfigPlace {
  place: YamlPlace;
  path: string[];
  config: JsonSchema;
  node: string;
  scope: FieldScope;
}

function inConfig({ place, path, config, node, scope }: ConfigPlace, knowledge: Knowledge): Suggestion[] {
  const map = schemaAt(config, path);
  if (place.after === undefined) {
    const properties = (map?.items ?? map)?.properties ?? {};
    return Object.entries(properties)
      .filter(([name]) => !place.siblings.includes(name))
      .map(([name, schema]) => {
        const { label, help } = fieldHints(schema);
        return {
          label: name,
          insert: `${name}: `,
          kind: "key",
          ...(label && { detail: label[knowledge.language] }),
          ...(help && { docs: help[knowledge.language] }),
        };
      });
  }
  const schema = schemaAt(config, [...path, place.after]);
  const { widget } = fieldHints(schema ?? {});
  if (widget === "expression") return references(knowledge.variables(node, scope), "");
  if (widget === "model" || widget === "server" || widget === "flow") return values(knowledge.names[widget]);
  if (schema?.enum) return values(schema.enum.map(String));
  return schema?.type === "boolean" ? values(["true", "false"]) : [];
}

/** Ends of wires within one body: before the arrow every step by its ways out, behind it every step that can be entered. */
function wires({ flow, analysis }: Knowledge, body: string | undefined, { before }: YamlPlace): Suggestion[] {
  const steps = Object.keys(flow.nodes).filter((key) => flow.parents[key] === body && isStep(analysis?.nodes[key]));
  if (before.includes("->")) return values(steps.filter((key) => analysis?.nodes[key]?.hasInput !== false));
  const named = steps.flatMap((key) => [key, ...portsOf(analysis?.nodes[key]).map((port) => `${key}.${port}`)]);
  const asides = steps.flatMap((key) => [
    `${key}.${ERROR_PORT}`,
    ...(analysis?.nodes[key]?.hasInput === false ? [] : [`${key}.${UNDO_PORT}`]),
  ]);
  return values([...named, ...asides]);
}

const isStep = (shape: NodeAnalysis | undefined): boolean => !shape || shape.role === "step";
const portsOf = (shape: NodeAnalysis | undefined): string[] =>
  (shape?.ports ?? []).map(({ id }) => id).filter((id) => id !== DEFAULT_PORT);

/** What is bound may come from further out; the step that uses it is in this body. */
function bindings({ flow, analysis }: Knowledge, body: string | undefined): Suggestion[] {
  return Object.keys(flow.nodes).flatMap((key) => {
    const shape = analysis?.nodes[key];
    if (shape?.role === "resource")
      return flow.parents[key] === undefined || flow.parents[key] === body ? values([key]) : [];
    return flow.parents[key] === body ? values((shape?.slots ?? []).map(({ slot }) => `${key}.${slot}`)) : [];
  });
}
