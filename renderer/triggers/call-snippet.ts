import type { TriggerStatus } from "../../engine/rpc/contract.ts";

/** How somebody outside reaches a trigger: a shell command for a webhook, an entry of `mcp.json` for an MCP client. */
export function callSnippet({ kind, url }: Pick<TriggerStatus, "kind" | "url">): string | undefined {
  if (!url) return undefined;
  if (kind === "mcp") return JSON.stringify({ mcpServers: { heddle: { type: "http", url } } }, null, 2);
  if (kind !== "webhook") return undefined;
  return [`curl -sS '${url}'`, `-H 'Content-Type: application/json'`, `-d '{"hello": "world"}'`].join(" \\\n  ");
}
