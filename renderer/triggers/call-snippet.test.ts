import { expect, it } from "vitest";
import { callSnippet } from "./call-snippet.ts";

const url = "http://127.0.0.1:4000/hooks/orders";

it("calls a webhook from a shell", () => {
  expect(callSnippet({ kind: "webhook", url })).toContain(`curl -sS '${url}' \\\n`);
});

it("is an entry of mcp.json for an MCP client", () => {
  const snippet = callSnippet({ kind: "mcp", url });
  expect(JSON.parse(snippet!)).toEqual({ mcpServers: { heddle: { type: "http", url } } });
});

it("is nothing where nobody calls", () => {
  expect(callSnippet({ kind: "schedule", url })).toBeUndefined();
  expect(callSnippet({ kind: "webhook", url: undefined })).toBeUndefined();
});
