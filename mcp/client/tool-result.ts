import type { CallToolResult, ContentBlock } from "@modelcontextprotocol/sdk/types.js";
import type { JsonValue } from "../../engine/lib/json.ts";
import type { ToolResult } from "../../engine/node/services.ts";

/** What a tool answered, as text for a model and as a value for later steps. */
export function toToolResult(result: CallToolResult): ToolResult {
  const structured = result.structuredContent as JsonValue | undefined;
  const text = result.content.map(inWords).join("\n");
  const content = text === "" && structured !== undefined ? JSON.stringify(structured) : text;
  return { content, value: structured ?? content };
}

/** A piece of content as text. What isn't text is named, so that a model knows that it was there. */
function inWords(block: ContentBlock): string {
  switch (block.type) {
    case "text":
      return block.text;
    case "image":
    case "audio":
      return `[${block.type}, ${block.mimeType}]`;
    case "resource_link":
      return `[${block.name}](${block.uri})`;
    case "resource":
      return "text" in block.resource ? block.resource.text : `[file, ${block.resource.uri}]`;
  }
}
