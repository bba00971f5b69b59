import type { ReferenceCheck } from "./check-references.ts";
import type { InferredShape } from "./infer-shapes.ts";
import type { NodeInfo } from "./node-info.ts";
import type { Problem } from "./problem.ts";
import type { FlowNode } from "./schema.ts";
import type { Meaning } from "./scope.ts";

/** A node of a flow with all that was found out about it. Kept from one analysis to the next for as long as the node stays as it is. */
export interface KnownNode {
  readonly key: string;
  readonly node: FlowNode;
  readonly info: NodeInfo;
  /** Shapes that were inferred, and what of. */
  inferred: readonly InferredShape[];
  /** What is wrong with it by itself. */
  own?: { wired: boolean; problems: Problem[] };
  /** What its references were found to be, and what the names in them meant. */
  references?: { meanings: readonly Meaning[]; titles: readonly string[]; check: ReferenceCheck };
}
