import type { Command } from "commander";
import { once } from "node:events";
import { projectToken } from "../../electron/host/project-token.ts";
import { withHost } from "./host.ts";
import { optionsOf, printJson } from "./output.ts";
import { openProject } from "./project.ts";
import { version } from "./version.ts";
import { words } from "./words.ts";

/** `heddle mcp`: a project's active flows as MCP tools, over standard input and output. */
export function addMcpCommand(program: Command): void {
  program
    .command("mcp")
    .description(words("mcp"))
    .option("--token", words("mcpToken"))
    .action(async (_: unknown, command: Command) => {
      const { project, token, json } = optionsOf(command);
      if (token) {
        const secret = await projectToken(openProject(project).folder);
        return json ? printJson({ token: secret }) : console.log(secret);
      }
      await serve(project);
    });
}

/**
 * Answers until the client closes standard input. Each request is answered by the host that has the project open at that time, or by one
 * made for it: an MCP client that runs all day doesn't keep the studio from opening the project. Nothing else may be printed meanwhile,
 * since the protocol has the output.
 */
async function serve(project: string | undefined): Promise<void> {
  const [{ createFlowServer }, { StdioServerTransport }] = await Promise.all([
    import("../../mcp/server/index.ts"),
    import("@modelcontextprotocol/sdk/server/stdio.js"),
  ]);
  const { folder } = openProject(project);
  const server = createFlowServer({ useHost: (use) => withHost(folder, use, "runs"), version: version() });
  const closed = once(process.stdin, "end");
  await server.connect(new StdioServerTransport());
  await closed;
  await server.close();
}
