import { join } from "node:path";
import { z } from "zod";
import { HeddleError } from "../../lib/errors/error.ts";
import { mcpServerConfigSchema, type McpServerConfig } from "../../rpc/contract.ts";
import { jsonFile } from "../json-file.ts";

export const MCP_FILE = "mcp.json";

const fileSchema = z.looseObject({ mcpServers: z.record(z.string(), mcpServerConfigSchema).default({}) });

export type McpServers = Record<string, McpServerConfig>;

export interface McpFile {
  path: string;
  /** @throws HeddleError `file.invalid` */
  servers(): Promise<McpServers>;
  save(name: string, config: McpServerConfig): Promise<McpServers>;
  remove(name: string): Promise<McpServers>;
}

/** The project's mcp.json, in the form that other tools use too. Keys that aren't ours stay. */
export function createMcpFile(folder: string): McpFile {
  const path = join(folder, MCP_FILE);
  const file = jsonFile<z.infer<typeof fileSchema>>(path, fileSchema, { mcpServers: {} });
  return {
    path,
    servers: async () => (await file.read()).mcpServers,
    async save(name, config) {
      const changed = await file.update((content) => ({
        ...content,
        mcpServers: { ...content.mcpServers, [name]: config },
      }));
      return changed.mcpServers;
    },
    async remove(name) {
      const changed = await file.update((content) => {
        const { [name]: removed, ...mcpServers } = content.mcpServers;
        if (!removed) throw new HeddleError("not-found", { kind: "MCP server", name });
        return { ...content, mcpServers };
      });
      return changed.mcpServers;
    },
  };
}
