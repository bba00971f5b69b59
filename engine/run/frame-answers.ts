import type { JsonObject } from "../lib/json.ts";
import { answerText, type GivenAnswer } from "./answer-output.ts";
import { AnswerStream, type Telling } from "./answer-stream.ts";
import type { GraphState } from "./graph-state.ts";
import type { GraphPlan } from "./plan.ts";

interface FrameParts {
  scope: JsonObject;
  completed: readonly boolean[];
  graph: GraphState;
  telling: Telling;
}

/** The answers of one instance of a graph: as they grow, and in the end those that were given. */
export class FrameAnswers {
  readonly stream: AnswerStream;
  private readonly plan: GraphPlan;
  private readonly parts: FrameParts;
  /** By container: what its rounds answered. */
  private readonly rounds = new Map<number, readonly GivenAnswer[]>();

  constructor(plan: GraphPlan, parts: FrameParts) {
    const { scope, completed, graph, telling } = parts;
    this.plan = plan;
    this.parts = parts;
    const progress = {
      scope,
      isSettled: (node: number) => graph.isSettled(node),
      isCompleted: (node: number) => completed[node] === true,
    };
    this.stream = new AnswerStream(plan, progress, telling);
  }

  /** What was answered in the rounds of a container that ended. */
  keepRounds(container: number, answers: readonly GivenAnswer[]): void {
    this.rounds.set(container, answers);
  }

  /** In the order of the plan; a container's in the order of its rounds. */
  given(prefix: string): GivenAnswer[] {
    const { scope, completed } = this.parts;
    return this.plan.answers.flatMap((item): readonly GivenAnswer[] => {
      if (!completed[item.step]) return [];
      if ("rounds" in item) return this.rounds.get(item.step) ?? [];
      return [{ path: prefix + item.key, text: answerText(item, scope), output: scope[item.key]! }];
    });
  }
}
