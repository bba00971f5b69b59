import { HeddleError } from "../lib/errors/error.ts";
import { freshText } from "./fresh-text.ts";
import type { FlowSource } from "./read.ts";
import type { Flow } from "./schema.ts";

/**
 * The source's text with the flow's changes in it.
 * @throws HeddleError `flow.read-only` for a change to a file of a newer version or one with syntax errors.
 */
export function writeFlow(source: FlowSource, flow: Flow): string {
  if (flow === source.flow) return source.text;
  if (source.readOnly || source.document.problems.length > 0) throw new HeddleError("flow.read-only");
  return freshText(flow);
}
