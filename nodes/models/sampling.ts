import { z } from "zod";
import { field } from "../../engine/node/fields.ts";

/** The words of the field that chooses a model. */
export const MODEL_FIELD = {
  label: { en: "Model", zh: "模型" },
  help: { en: "A role of the project, or a model’s id.", zh: "项目中的角色，或模型的 id。" },
};

/** How a model draws its words: the same fields wherever a model is called. */
export const SAMPLING_FIELDS = {
  temperature: field(z.number().min(0).max(2).optional(), {
    label: { en: "Temperature", zh: "温度" },
    help: { en: "0 repeats itself; 1 varies freely.", zh: "0 每次相同；1 变化自由。" },
    advanced: true,
  }),
  maxTokens: field(z.int().min(1).max(100_000).optional(), {
    label: { en: "At most tokens", zh: "token 上限" },
    help: { en: "Cuts the answer there. 1,024 where empty.", zh: "回答到此截断；留空为 1024。" },
    advanced: true,
  }),
};

/** Where a step names no limit: long enough for a letter, short enough that a model in a loop ends. */
export const DEFAULT_MAX_TOKENS = 1024;

/** What a model's server shall know of the caller: calls of one run wait for each other, so that runs take turns. */
export function callerOptions({ idempotencyKey }: { idempotencyKey: string }) {
  return { heddle: { lane: idempotencyKey.split("/", 1)[0] ?? "" } };
}
