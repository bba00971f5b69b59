import { HeddleError } from "../../lib/errors/error.ts";
import type { JsonObject, JsonSchema } from "../../lib/json.ts";
import { defineNode, type AnyNode, type StepNode } from "../../node/define.ts";
import type { StepContext } from "../../node/operation.ts";

/**
 * Node types for the driver contract. Whatever they do outside the run goes through one tool server, `probe`, so that a suite sees each
 * execution, in this process or another.
 */
export const PROBE = "probe";

const any: JsonSchema = {};
export const record = (...names: string[]): JsonSchema => ({
  type: "object",
  properties: Object.fromEntries(names.map((name) => [name, any])),
  required: names,
});

export const text = (words: string) => ({ en: words, zh: words });

type Body<Config> = Pick<StepNode<Config>, "type" | "config" | "initial" | "output"> & Partial<StepNode<Config>>;

export function contractNode<Config>(body: Body<Config>): AnyNode {
  return defineNode<Config>({
    role: "step",
    version: 1,
    family: "logic",
    icon: "circle",
    title: text(body.type),
    description: text(body.type),
    docs: text(body.type),
    effects: true,
    summary: () => text(body.type),
    samples: [],
    ...body,
  });
}

/** Tells the probe that something executes: `what` at this step and try. */
export async function tell(ctx: StepContext, what: string, details: JsonObject = {}): Promise<void> {
  const { signal, idempotencyKey, attempt } = ctx;
  await ctx.tools.call({ server: PROBE, tool: what, arguments: { attempt, ...details }, signal, idempotencyKey });
}

/** Never ends by itself (it says that it waits); when aborted, says so and fails. */
export function untilAborted(ctx: StepContext): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => void tell(ctx, "aborted").finally(() => reject(new HeddleError("run.cancelled")));
    if (ctx.signal.aborted) stop();
    else ctx.signal.addEventListener("abort", stop, { once: true });
  });
}
