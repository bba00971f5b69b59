import { defineConfig } from "vitest/config";

const everywhere = "{engine,nodes,mcp,electron,publish,renderer,scripts,bench,assets}/**/";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: [`${everywhere}*.test.{ts,tsx}`],
          exclude: ["**/*.integration.test.ts", "**/node_modules/**"],
          // Read as text by the test of its contrasts; otherwise vitest hands out empty style sheets.
          css: { include: [/tokens\.css/] },
        },
      },
      {
        test: {
          name: "integration",
          include: [`${everywhere}*.integration.test.ts`],
          exclude: ["**/node_modules/**"],
          // Real processes: models, MCP servers, hosts, browsers. Two at a time is what a small machine takes.
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
