import type { LanguageModelV4Prompt } from "@ai-sdk/provider";
import { describe, expect, it } from "vitest";
import { toChatHistory } from "./chat-history.ts";

const text = (words: string) => ({ type: "text" as const, text: words });
const call = (toolCallId: string, toolName: string, input: object) => ({
  type: "tool-call" as const,
  toolCallId,
  toolName,
  input,
});
const result = (toolCallId: string, toolName: string, value: string) => ({
  type: "tool-result" as const,
  toolCallId,
  toolName,
  output: { type: "text" as const, value },
});

describe("toChatHistory", () => {
  it("puts a tool's result into the response that called it, and goes on after it", () => {
    const prompt: LanguageModelV4Prompt = [
      { role: "system", content: "Use tools." },
      { role: "user", content: [text("Where "), text("is 7?")] },
      { role: "assistant", content: [text("Let me see."), call("c1", "lookup", { id: "7" })] },
      { role: "tool", content: [result("c1", "lookup", '{"status":"shipped"}')] },
    ];
    expect(toChatHistory(prompt)).toEqual([
      { type: "system", text: "Use tools." },
      { type: "user", text: "Where is 7?" },
      {
        type: "model",
        response: [
          "Let me see.",
          {
            type: "functionCall",
            name: "lookup",
            params: { id: "7" },
            result: { status: "shipped" },
            startsNewChunk: true,
          },
        ],
      },
    ]);
  });

  it("makes one response of the turns of a tool loop", () => {
    const prompt: LanguageModelV4Prompt = [
      { role: "user", content: [text("?")] },
      { role: "assistant", content: [call("c1", "a", {}), call("c2", "b", {})] },
      { role: "tool", content: [result("c1", "a", "one"), result("c2", "b", "two")] },
      { role: "assistant", content: [call("c3", "a", {})] },
      { role: "tool", content: [result("c3", "a", "three")] },
    ];
    const last = toChatHistory(prompt).at(-1);
    expect(last).toMatchObject({
      type: "model",
      response: [
        { name: "a", result: "one", startsNewChunk: true },
        { name: "b", result: "two", startsNewChunk: false },
        { name: "a", result: "three", startsNewChunk: true },
      ],
    });
  });

  it("shows a failed tool as an error that the model can read", () => {
    const prompt: LanguageModelV4Prompt = [
      { role: "assistant", content: [call("c1", "a", {})] },
      { role: "tool", content: [{ ...result("c1", "a", ""), output: { type: "error-text", value: "not found" } }] },
    ];
    expect(toChatHistory(prompt)).toMatchObject([{ response: [{ result: { error: "not found" } }] }]);
  });

  it("refuses pictures with a clear sentence", () => {
    const file = { type: "file" as const, mediaType: "image/png", data: { type: "data" as const, data: "" } };
    expect(() => toChatHistory([{ role: "user", content: [file] }])).toThrow(/reads text only/);
  });
});
