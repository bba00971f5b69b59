import type { FlowNode } from "../../../../engine/flow/index.ts";
import { formatDuration } from "../../../run/format.ts";
import { milliseconds } from "../../widgets/duration.ts";

const SHOWN = 5;
const LONGEST_MS = 600_000;

/** The waits between the tries of a step, before chance takes its share, the first ones in words. */
export function waitsOf({ times, backoff, factor = 2, longest }: NonNullable<FlowNode["retry"]>): string[] {
  // A policy of an older file may leave out what the schema fills in when a run is planned.
  const first = milliseconds(backoff ?? "1s");
  const most = longest === undefined ? Math.max(first, LONGEST_MS) : milliseconds(longest);
  const waits = Array.from({ length: Math.min(times, SHOWN) }, (_, i) =>
    formatDuration(Math.min(first * factor ** i, most)),
  );
  return times > SHOWN ? [...waits, "…"] : waits;
}
