import type { Flow, FlowAnalysis } from "../../engine/flow/index.ts";
import type { JsonSchema } from "../../engine/lib/json.ts";
import type { Language } from "../../engine/lib/text.ts";
import type { NodeType } from "../../engine/rpc/contract.ts";
import { fieldHints } from "../document/field-hints.ts";
import type { Variable } from "../inspector/variables.ts";
import { openBraces, schemaAt, type YamlPlace } from "./yaml-place.ts";

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
  variables(node: string): Variable[];
  /** Ids and roles of models, names of servers: for fields that name one. */
  names: { model: string[]; server: string[] };
  language: Language;
}

const TOP = ["heddle", "name", "description", "nodes", "edges", "bindings", "layout"];
const NODE = ["type", "title", "note", "config", "disabled", "retry", "timeout", "fallback", "join"];

/** What could be typed at a place of a flow's text. */
export function suggestionsAt(place: YamlPlace, knowledge: Knowledge): Suggestion[] {
  const [section, node, part, ...inner] = place.path;
  const braces = openBraces(place.before);
  if (braces !== null && section === "nodes" && node !== undefined) return references(knowledge.variables(node), " }}");
  if (section === undefined) return place.after ? [] : keys(TOP, place);
  if (section === "edges") return wires(knowledge);
  if (section === "bindings") return bindings(knowledge);
  if (section !== "nodes" || node === undefined) return [];
  if (part === undefined) return inNode(place, knowledge);
  const type = knowledge.types.find((candidate) => candidate.type === knowledge.flow.nodes[node]?.type);
  return part === "config" && type ? inConfig(place, inner, type.config, node, knowledge) : [];
}

const keys = (names: readonly string[], { siblings }: YamlPlace): Suggestion[] =>
  names.filter((name) => !siblings.includes(name)).map((name) => ({ label: name, insert: `${name}: `, kind: "key" }));

const references = (variables: readonly Variable[], close: string): Suggestion[] =>
  variables.map(({ path, type }) => ({ label: path, insert: `${path}${close}`, kind: "reference", detail: type }));

function inNode(place: YamlPlace, { types, language }: Knowledge): Suggestion[] {
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
  return place.after ? [] : keys(NODE, place);
}

const values = (words: readonly string[]): Suggestion[] =>
  words.map((word) => ({ label: word, insert: word, kind: "value" }));

function inConfig(
  place: YamlPlace,
  path: string[],
  config: JsonSchema,
  node: string,
  knowledge: Knowledge,
): Suggestion[] {
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
  if (widget === "expression") return references(knowledge.variables(node), "");
  if (widget === "model" || widget === "server") return values(knowledge.names[widget]);
  if (schema?.enum) return values(schema.enum.map(String));
  return schema?.type === "boolean" ? values(["true", "false"]) : [];
}

/** Ends of wires: every step by its ways out, and every step to go to. */
function wires({ flow, analysis }: Knowledge): Suggestion[] {
  return Object.keys(flow.nodes).flatMap((key) => {
    const shape = analysis?.nodes[key];
    if (shape && shape.role !== "step") return [];
    const ports = (shape?.ports ?? []).filter(({ id }) => id !== "out").map(({ id }) => `${key}.${id}`);
    return values([key, ...ports]);
  });
}

function bindings({ flow, analysis }: Knowledge): Suggestion[] {
  return Object.keys(flow.nodes).flatMap((key) => {
    const shape = analysis?.nodes[key];
    if (shape?.role === "resource") return values([key]);
    return values((shape?.slots ?? []).map(({ slot }) => `${key}.${slot}`));
  });
}
