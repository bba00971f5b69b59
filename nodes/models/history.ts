import type { LanguageModelV4Message } from "@ai-sdk/provider";
import { shown } from "../../engine/expr/index.ts";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { isJsonObject, type JsonSchema, type JsonValue } from "../../engine/lib/json.ts";
import { expression } from "../../engine/node/fields.ts";

/** One message of a conversation. */
export type Turn = { role: "user" | "assistant"; text: string };

export const TURNS_SCHEMA: JsonSchema = {
  type: "array",
  items: {
    type: "object",
    properties: { role: { type: "string", enum: ["user", "assistant"] }, text: { type: "string" } },
    required: ["role", "text"],
    additionalProperties: false,
  },
  description: "The messages before this one, oldest first.",
};

/** The field of a model step that takes a conversation. */
export const HISTORY_FIELD = {
  history: expression({
    label: { en: "Conversation so far", zh: "对话历史" },
    help: {
      en: "Earlier messages, put before this one: chat.history, or a list of { role, text }.",
      zh: "放在本次消息之前的历史消息：chat.history，或 { role, text } 的列表。",
    },
    placeholder: { en: "chat.history", zh: "chat.history" },
    expects: "list",
    advanced: true,
  }).optional(),
};

/** A conversation as it was given; nothing given is an empty one. @throws HeddleError `input.bad-history` */
export function readTurns(value: JsonValue | undefined): Turn[] {
  if (value === undefined || value === null || value === "") return [];
  if (!Array.isArray(value)) throw new HeddleError("input.bad-history", { value: shown(value) });
  return value.map(readTurn);
}

function readTurn(value: JsonValue): Turn {
  if (isJsonObject(value)) {
    const { role } = value;
    // Other tools call the text “content”.
    const text = value["text"] ?? value["content"];
    if ((role === "user" || role === "assistant") && typeof text === "string") return { role, text };
  }
  throw new HeddleError("input.bad-history", { value: shown(value) });
}

/** A conversation as the messages that a model reads. Empty ones, which some model servers refuse, are left out. */
export function historyMessages(value: JsonValue | undefined): LanguageModelV4Message[] {
  return readTurns(value)
    .filter(({ text }) => text.trim() !== "")
    .map(({ role, text }) => ({ role, content: [{ type: "text", text }] }));
}
