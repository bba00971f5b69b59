import { z } from "zod";

/** A result that stands instead of running the step. */
export const givenResultSchema = z.object({
  output: z.json(),
  /** The way out; left out: the step's usual one. */
  port: z.string().optional(),
  from: z.enum(["pinned", "recorded"]),
});
export type GivenResult = z.infer<typeof givenResultSchema>;

/** How a run differs from a plain one, for whoever develops the flow. Part of what is recorded of the run. */
export const debugSchema = z.object({
  /** The run ends when this node ended: nodes that don't lead to it aren't run. Its output is the run's. */
  until: z.string().optional(),
  /** By path (`triage`, `each_order[3]/charge`); `each_order[*]/charge` stands for every round. The exact path goes first. */
  given: z.record(z.string(), givenResultSchema).default({}),
  /** Nodes before which the run waits. */
  breakpoints: z.array(z.string()).default([]),
  /** Waits before every node. */
  stepping: z.boolean().default(false),
});
export type DebugOptions = z.infer<typeof debugSchema>;

/** What continues a run that waits at a breakpoint: to the next breakpoint, or to the next node. */
export const continueSchema = z.object({ stepping: z.boolean().default(false) });
