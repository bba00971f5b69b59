import { ownPath, type StepView } from "../../../engine/run/view.ts";
import type { NodeType } from "../../../engine/rpc/contract.ts";
import { fieldHints } from "../../document/field-hints.ts";

/** A call of a model inside a node. */
export const MODEL_CALL = /^model (\d+)$/;
const DEADLINE = / deadline$/;
const LATER_ANSWER = /^answer \d+$/;

export interface InnerName {
  word: "tools" | "deadline" | "answer" | "event" | "model";
  /** Which one of several. */
  n?: string;
}

/** Whether steps of this type run another flow, whose steps then stand inside theirs. */
export const runsFlow = (type: Pick<NodeType, "config"> | undefined): boolean =>
  Object.values(type?.config.properties ?? {}).some((field) => fieldHints(field).widget === "flow");

/** What a step inside a node does, by the name that the node gave it. Undefined for one whose name says it itself, and for a flow's own step. */
export function innerName(step: StepView, inner: string, insideFlow: boolean): InnerName | undefined {
  const call = MODEL_CALL.exec(inner);
  if (call) return { word: "model", n: call[1]! };
  if (DEADLINE.test(inner)) return { word: "deadline" };
  if (LATER_ANSWER.test(inner)) return { word: "answer" };
  // These could be keys too.
  if (inner !== "answer" && inner !== "event" && inner !== "tools") return undefined;
  return isFlowStep(step, inner, insideFlow) ? undefined : { word: inner };
}

/** Whether a step is one of a flow and not something that a node does: it has settings, stands in a round, or right inside of a step that runs a flow. */
function isFlowStep(step: StepView, inner: string, insideFlow: boolean): boolean {
  if (step.input !== undefined || step.path.endsWith(`]/${inner}`)) return true;
  return insideFlow && (step.state === "skipped" || step.path === `${ownPath(step)}/${inner}`);
}
