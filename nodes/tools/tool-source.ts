import type { BoundResource } from "../../engine/node/define.ts";
import { openApiServerName } from "../../engine/node/openapi-source.ts";
import { mcpServerConfig } from "./mcp-server.ts";
import { openapiServer, openapiServerConfig } from "./openapi-server.ts";

/** Where a bound resource's tools come from: the server's name as the ToolService knows it, and which of its tools, where not all. */
export function toolSource({ type, config }: BoundResource): { server: string; tools?: string[] } {
  if (type !== openapiServer.type) return named(mcpServerConfig.parse(config));
  const { tools, ...source } = openapiServerConfig.parse(config);
  return named({ server: openApiServerName(source), tools });
}

function named({ server, tools }: { server: string; tools?: string[] | undefined }) {
  return { server, ...(tools && tools.length > 0 && { tools }) };
}
