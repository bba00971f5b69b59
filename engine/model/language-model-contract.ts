import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4FunctionTool,
  LanguageModelV4Message,
  LanguageModelV4StreamPart,
} from "@ai-sdk/provider";
import { describe, expect, it } from "vitest";
import { HeddleError } from "../lib/errors/error.ts";

/** What every way to a model must do alike, run on the demo model. `model` answers; `unknown` makes a call to a model that isn't there. */
export interface LanguageModelContract {
  model(): LanguageModelV4;
  unknown(): PromiseLike<unknown>;
}

const user = (text: string): LanguageModelV4Message => ({ role: "user", content: [{ type: "text", text }] });
const LOOKUP: LanguageModelV4FunctionTool = {
  type: "function",
  name: "lookup_order",
  description: "Look up an order: its status and delivery date",
  inputSchema: {
    type: "object",
    properties: { order_id: { type: "string", description: "The order number" } },
    required: ["order_id"],
  },
};
const LABELS = {
  type: "object" as const,
  properties: { label: { enum: ["billing", "technical", "shipping"] } },
  required: ["label"],
  additionalProperties: false as const,
};

export function describeLanguageModel(name: string, contract: LanguageModelContract): void {
  const generate = (options: LanguageModelV4CallOptions) => contract.model().doGenerate(options);
  const textOf = async (options: LanguageModelV4CallOptions) =>
    (await generate(options)).content.map((part) => (part.type === "text" ? part.text : "")).join("");

  describe(`a language model on ${name}`, () => {
    it("answers with text, says why it stopped and counts its tokens", async () => {
      const result = await generate({ prompt: [user("Hello")] });
      expect(result.content).toMatchObject([{ type: "text", text: expect.stringMatching(/\w/) }]);
      expect(result.finishReason.unified).toBe("stop");
      expect(result.usage.inputTokens.total).toBeGreaterThan(3);
      expect(result.usage.outputTokens.total).toBeGreaterThan(1);
    });

    it("streams the same text in pieces", async () => {
      const options = { prompt: [user("Hello")] };
      const parts = await partsOf(contract.model(), options);
      const deltas = parts.flatMap((part) => (part.type === "text-delta" ? [part.delta] : []));
      expect(deltas.length).toBeGreaterThan(2);
      expect(deltas.join("")).toBe(await textOf(options));
      expect(parts.at(0)?.type).toBe("stream-start");
      expect(parts.at(-1)).toMatchObject({ type: "finish", finishReason: { unified: "stop" } });
    });

    it("stops at the token limit and says so", async () => {
      const result = await generate({ prompt: [user("Hello")], maxOutputTokens: 2 });
      expect(result.finishReason.unified).toBe("length");
      expect(result.usage.outputTokens.total).toBeLessThanOrEqual(2);
    });

    it("repeats itself for one seed and varies among seeds", async () => {
      const draw = (seed: number) =>
        textOf({ prompt: [user("Write!")], temperature: 30, topP: 1, seed, maxOutputTokens: 30 });
      const first = await draw(7);
      expect(await draw(7)).toBe(first);
      expect([await draw(8), await draw(9)]).not.toEqual([first, first]);
    });

    it("answers in the form of a schema", async () => {
      const text = await textOf({
        prompt: [
          {
            role: "system",
            content:
              'Classify the message into one of:\n- billing\n- technical\n- shipping\nReply as JSON with the key "label".',
          },
          user("The invoice for my subscription is wrong."),
        ],
        responseFormat: { type: "json", schema: LABELS },
      });
      expect(JSON.parse(text)).toEqual({ label: "billing" });
    });

    it("refuses an answer that the grammar let through and the schema doesn't", async () => {
      const schema = {
        type: "object" as const,
        properties: { n: { type: "integer" as const, minimum: 7, maximum: 1 } },
        required: ["n"],
      };
      const call = generate({
        prompt: [user("A number?")],
        responseFormat: { type: "json", schema },
        maxOutputTokens: 60,
      });
      await expect(call).rejects.toMatchObject({ code: expect.stringMatching(/^model\.output-(invalid|cut)$/) });
    });

    it("asks for a tool, and goes on with its result", async () => {
      const prompt = [user("Where is my order 4411?")];
      const asked = await generate({ prompt, tools: [LOOKUP] });
      const call = asked.content.find((part) => part.type === "tool-call");
      expect(call).toMatchObject({ toolName: "lookup_order" });
      expect(JSON.parse(call!.input)).toEqual({ order_id: "4411" });
      expect(asked.finishReason.unified).toBe("tool-calls");
      const { toolCallId, toolName } = call!;
      const value = { status: "shipped", delivery: "2026-11-24" };
      const told = await textOf({
        prompt: [
          ...prompt,
          { role: "assistant", content: [{ type: "tool-call", toolCallId, toolName, input: { order_id: "4411" } }] },
          { role: "tool", content: [{ type: "tool-result", toolCallId, toolName, output: { type: "json", value } }] },
        ],
        tools: [LOOKUP],
      });
      expect(told).toContain("2026-11-24");
    });

    it("streams a tool call whole", async () => {
      const parts = await partsOf(contract.model(), { prompt: [user("Where is my order 4411?")], tools: [LOOKUP] });
      const call = parts.find((part) => part.type === "tool-call");
      expect(call).toMatchObject({ toolName: "lookup_order" });
      expect(JSON.parse(call!.input)).toEqual({ order_id: "4411" });
      expect(parts.at(-1)).toMatchObject({ type: "finish", finishReason: { unified: "tool-calls" } });
    });

    it("stops when it is told to, before and while it answers", async () => {
      const reason = new Error("stopped by the test");
      await expect(generate({ prompt: [user("Hello")], abortSignal: AbortSignal.abort(reason) })).rejects.toBe(reason);
      const controller = new AbortController();
      const options = {
        prompt: [user("Write!")],
        temperature: 30,
        topP: 1,
        maxOutputTokens: 1500,
        abortSignal: controller.signal,
      };
      const reading = (async () => {
        for await (const part of (await contract.model().doStream(options)).stream) {
          if (part.type === "text-delta") controller.abort(reason);
        }
      })();
      await expect(reading).rejects.toBe(reason);
      expect(await textOf({ prompt: [user("Hello")] })).toMatch(/\w/);
    });

    it("tells a prompt that is too long, with both numbers", async () => {
      const error = await errorOf(generate({ prompt: [user("Hello there! ".repeat(1000))] }));
      expect(error).toMatchObject({ code: "model.context-overflow", retryable: false });
      expect(error.params.tokens).toBeGreaterThan(error.params.limit as number);
      expect(error.message).toContain(String(error.params.limit));
    });

    it("takes several calls at once", async () => {
      const answers = await Promise.all(Array.from({ length: 6 }, () => textOf({ prompt: [user("Hello")] })));
      expect(new Set(answers).size).toBe(1);
    });

    it("tells a model that doesn't exist", async () => {
      const error = await errorOf((async () => contract.unknown())());
      expect(error.code).toMatch(/^model\.(unknown|remote-unknown)$/);
    });
  });
}

async function partsOf(
  model: LanguageModelV4,
  options: LanguageModelV4CallOptions,
): Promise<LanguageModelV4StreamPart[]> {
  const parts: LanguageModelV4StreamPart[] = [];
  for await (const part of (await model.doStream(options)).stream) parts.push(part);
  return parts;
}

async function errorOf(call: PromiseLike<unknown>): Promise<HeddleError> {
  try {
    await call;
  } catch (error) {
    expect(error).toBeInstanceOf(HeddleError);
    return error as HeddleError;
  }
  throw new Error("it did not fail");
}
