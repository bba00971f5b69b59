import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { projectToken } from "./project-token.ts";
import { projectOf } from "./testing/projects.ts";
import { freshHome, startHost } from "./testing/started-host.ts";

const SUITE = fileURLToPath(import.meta.resolve("@modelcontextprotocol/conformance/dist/index.js"));

/** A flow under the name that the suite calls, with these steps behind its start. */
const tool = (name: string, rest: string): Record<string, string> => ({
  [`flows/${name}.flow.yaml`]: `heddle: 1
name: ${name}
nodes:
  call: { type: mcp-call, config: { tool: ${name}, description: A tool of the suite., fields: {} } }
${rest}`,
});

const FLOWS = {
  ...tool(
    "test_simple_text",
    `  said: { type: answer, config: { text: This is a simple text response for testing. } }
edges:
  - call -> said
`,
  ),
  ...tool(
    "test_error_handling",
    `  fail: { type: stop, config: { message: This tool intentionally returns an error for testing } }
edges:
  - call -> fail
`,
  ),
  ...tool(
    "test_tool_with_progress",
    `  first: { type: template, config: { text: one } }
  second: { type: template, config: { text: two } }
  said: { type: answer, config: { text: Done. } }
edges:
  - call -> first
  - first -> second
  - second -> said
`,
  ),
};

/** Those that are about what Heddle offers: tools that answer text. It has no resources, prompts, completions, logs, pictures or questions. */
const SCENARIOS = [
  "server-initialize",
  "ping",
  "tools-list",
  "tools-call-simple-text",
  "tools-call-error",
  "tools-call-with-progress",
  "server-sse-multiple-streams",
  "dns-rebinding-protection",
];

/** The suite can't show a token: this adds it to what passes, and changes nothing else. */
async function withToken(target: URL, token: string): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    const headers = { ...incoming.headers, authorization: `Bearer ${token}` };
    const passed = request(target, { method: incoming.method ?? "GET", headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 500, response.headers);
      outgoing.flushHeaders();
      response.pipe(outgoing);
    });
    passed.on("error", () => outgoing.destroy());
    outgoing.on("close", () => passed.destroy());
    incoming.pipe(passed);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
}

it("passes the official conformance suite as far as it is about tools", { timeout: 180_000 }, async () => {
  const home = await freshHome();
  const project = await projectOf(FLOWS);
  const { client, url } = await startHost({ home, project });
  for (const name of Object.keys(FLOWS)) {
    await client.triggers.setActive({ flow: name.replace(/^flows\/|\.flow\.yaml$/g, ""), active: true });
  }
  const endpoint = await withToken(new URL("/mcp", url), await projectToken(project));
  const failed: string[] = [];
  for (const scenario of SCENARIOS) {
    const said = await new Promise<string>((resolve) => {
      const args = [SUITE, "server", "--url", endpoint, "--scenario", scenario, "-o", join(home, scenario)];
      execFile(process.execPath, args, { cwd: home }, (error, stdout, stderr) =>
        resolve(error ? `${scenario}: ${stdout}${stderr}` : ""),
      );
    });
    if (said !== "") failed.push(said);
  }
  expect(failed).toEqual([]);
});
