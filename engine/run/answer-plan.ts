import { compileTemplate, parseTemplate, references, type ExprScope, type TemplateSlot } from "../expr/index.ts";
import type { Flow } from "../flow/schema.ts";
import { ERROR_PORT } from "../flow/schema.ts";
import type { JsonValue } from "../lib/json.ts";
import type { PlanEdge, PlanStep } from "./plan.ts";

/** A piece of an answer's text. `needs` are the steps that it refers to; `streams` is the one whose text it is as that step writes it. */
export interface AnswerPart {
  render: (scope: ExprScope) => JsonValue;
  needs: readonly number[];
  streams?: number;
}

/** The answer of one node: its template in parts, and from which nodes on it is certain to be given. */
export interface AnswerPlan {
  step: number;
  key: string;
  /** The output field with the whole text. */
  field: string;
  parts: readonly AnswerPart[];
  /**
   * By node: whether the answer is given once that node runs, whichever way it goes, failures aside. An answer streams only then, so that
   * text never passes a condition that was drawn to hold it back.
   */
  certainFrom: readonly boolean[];
}

/** A container in whose rounds answers are given. */
export interface RoundsPlan {
  step: number;
  rounds: true;
}

/** What a graph's text is made of. */
export type AnswerItem = AnswerPlan | RoundsPlan;

interface Graph {
  steps: readonly PlanStep[];
  edges: readonly PlanEdge[];
  indexOf: ReadonlyMap<string, number>;
}

/** The answers of a graph and of the bodies in it, in the order of the plan. */
export function planAnswers(flow: Flow, graph: Graph): AnswerItem[] {
  return graph.steps.flatMap((step): AnswerItem[] => {
    const { answers } = step.definition;
    if (step.disabled) return [];
    if (!answers) return step.body && step.body.graph.answers.length > 0 ? [{ step: step.index, rounds: true }] : [];
    const text = flow.nodes[step.key]!.config?.[answers.field];
    const parts = typeof text === "string" ? answerParts(text, graph) : [];
    return [
      { step: step.index, key: step.key, field: answers.output, parts, certainFrom: certainFrom(step.index, graph) },
    ];
  });
}

/** The nodes that the text depends on. */
export function watchedBy(answers: readonly AnswerItem[]): ReadonlySet<number> {
  const parts = answers.flatMap((item) => ("rounds" in item ? [] : item.parts));
  return new Set([...answers.map(({ step }) => step), ...parts.flatMap(({ needs }) => needs)]);
}

function answerParts(text: string, graph: Graph): AnswerPart[] {
  return parseTemplate(text).parts.map((part) => {
    if (typeof part === "string") return { render: () => part, needs: [] };
    const needs = references(part.expression).flatMap(({ root }) => graph.indexOf.get(root) ?? []);
    const streams = streamedBy(part, graph);
    return {
      render: compileTemplate(text.slice(part.start, part.end)),
      needs,
      ...(streams !== undefined && { streams }),
    };
  });
}

/** The step whose streamed field this slot is, and nothing else. */
function streamedBy({ expression }: TemplateSlot, { steps, indexOf }: Graph): number | undefined {
  const [reference, ...more] = references(expression);
  if (!reference || more.length > 0 || reference.path.length !== 1) return undefined;
  if (reference.start !== 0 || reference.end !== expression.source.length) return undefined;
  const index = indexOf.get(reference.root);
  return index !== undefined && steps[index]!.definition.streams === reference.path[0] ? index : undefined;
}

function certainFrom(answer: number, { steps, edges }: Graph): boolean[] {
  const known = new Map<number, boolean>([[answer, true]]);
  const leads = (index: number): boolean => {
    const before = known.get(index);
    if (before !== undefined) return before;
    known.set(index, false);
    const { outgoing, ports, disabled, defaultPort } = steps[index]!;
    const exits = disabled ? [defaultPort] : ports.filter((port) => port !== ERROR_PORT);
    const certain =
      exits.length > 0 &&
      exits.every((port) => outgoing.some((edge) => edges[edge]!.port === port && leads(edges[edge]!.to)));
    known.set(index, certain);
    return certain;
  };
  return steps.map((step) => leads(step.index));
}
