import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const CRUISER = join(ROOT, "node_modules", "dependency-cruiser", "bin", "dependency-cruiser.mjs");

interface Report {
  summary: { totalCruised: number; violations: { rule: { name: string }; from: string; to: string }[] };
}

function cruise(folder: string, paths: string[]): Report {
  const config = join(folder, ".dependency-cruiser.cjs");
  const result = spawnSync(process.execPath, [CRUISER, "--config", config, "--output-type", "json", ...paths], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (!result.stdout) throw new Error(result.stderr);
  return JSON.parse(result.stdout) as Report;
}

/** One import that breaks one rule: file, what it imports, and the rule that must notice. */
const VIOLATIONS: [file: string, imported: string, rule: string][] = [
  ["engine/lib/a.ts", "../flow/b.ts", "layer-engine-lib"],
  ["engine/expr/a.ts", "../flow/b.ts", "layer-engine-expr"],
  ["engine/flow/a.ts", "../node/b.ts", "layer-engine-flow"],
  ["engine/node/a.ts", "../run/b.ts", "layer-engine-node"],
  ["engine/run/a.ts", "../store/b.ts", "layer-engine-run"],
  ["engine/rpc/a.ts", "../store/b.ts", "layer-engine-rpc"],
  ["engine/model/a.ts", "../run/b.ts", "layer-engine-model"],
  ["engine/sandbox/a.ts", "../run/b.ts", "layer-engine-sandbox"],
  ["engine/driver/a.ts", "../model/b.ts", "layer-engine-driver"],
  ["engine/store/a.ts", "../../nodes/b.ts", "layer-engine-store"],
  ["engine/store/c.ts", "../triggers/b.ts", "layer-engine-store"],
  ["engine/triggers/a.ts", "../../nodes/b.ts", "layer-engine-triggers"],
  ["nodes/a.ts", "../engine/run/b.ts", "layer-nodes"],
  ["mcp/openapi/a.ts", "../../engine/run/b.ts", "layer-mcp-openapi"],
  ["mcp/client/a.ts", "../../engine/run/b.ts", "layer-mcp-client"],
  ["mcp/server/a.ts", "../../engine/store/b.ts", "layer-mcp-server"],
  ["renderer/a.ts", "../engine/run/b.ts", "layer-renderer"],
  ["renderer/c.tsx", "../nodes/b.ts", "layer-renderer"],
  ["publish/bundle/a.ts", "../../engine/run/b.ts", "layer-publish-bundle"],
  ["publish/client/a.ts", "../../publish/server/b.ts", "layer-publish-client"],
  ["electron/main/a.ts", "../../engine/lib/b.ts", "layer-electron-main"],
  ["electron/preload/a.ts", "../../engine/lib/b.ts", "layer-electron-preload"],
  ["electron/host/a.ts", "../../publish/server/b.ts", "layer-electron-host"],
  ["engine/model/c.ts", "../../renderer/b.ts", "nobody-imports-roots"],
  ["engine/flow/c.ts", "node:fs", "pure-core-no-node"],
  ["engine/node/c.ts", "ws", "pure-core-no-packages"],
  ["renderer/d.ts", "node:fs", "renderer-no-node"],
  ["engine/rpc/client/a.ts", "node:crypto", "renderer-no-node"],
  ["electron/host/c.ts", "electron", "host-without-electron"],
  ["engine/lib/c.ts", "./nowhere.ts", "no-unresolved"],
  ["nodes/circle.ts", "./circle-back.ts", "no-cycle"],
];

describe("the layer check", () => {
  let folder: string;
  let planted: Report;

  const put = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "heddle-layers-"));
    for (const file of [".dependency-cruiser.cjs", "tsconfig.base.json"]) cpSync(join(ROOT, file), join(folder, file));
    for (const name of ["ws", "electron", "zod"]) {
      put(`node_modules/${name}/package.json`, JSON.stringify({ name, main: "index.js" }));
      put(`node_modules/${name}/index.js`, "exports.value = 1;");
    }
    for (const [file, imported] of VIOLATIONS) {
      put(file, `import * as it from ${JSON.stringify(imported)};\nexport const used = it;\n`);
      if (imported.endsWith("/b.ts")) put(join(dirname(file), imported), "export const value = 1;\n");
    }
    put("nodes/circle-back.ts", `export * from "./circle.ts";\n`);
    put(
      "engine/flow/fine.ts",
      `import { value } from "zod";\nimport type { Stats } from "../lib/b.ts";\nexport { value, type Stats };\n`,
    );
    planted = cruise(folder, ["engine", "nodes", "mcp", "renderer", "electron", "publish"]);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(VIOLATIONS)("catches %s importing %s by %s", (file, _imported, rule) => {
    const caught = planted.summary.violations.filter(({ from, to }) => from === file || to === file);
    expect(caught.map((violation) => violation.rule.name)).toContain(rule);
  });

  it("lets through what is allowed", () => {
    expect(planted.summary.violations.filter((violation) => violation.from === "engine/flow/fine.ts")).toEqual([]);
  });

  it("has a planted violation for each of its rules", () => {
    const rules = new Set(planted.summary.violations.map((violation) => violation.rule.name));
    const { forbidden } = createRequire(import.meta.url)("../.dependency-cruiser.cjs") as {
      forbidden: { name: string }[];
    };
    expect(forbidden.map((rule) => rule.name).filter((name) => !rules.has(name))).toEqual([]);
  });

  it("sees the modules of the real tree", () => {
    expect(cruise(ROOT, ["engine", "renderer"]).summary.totalCruised).toBeGreaterThan(100);
  }, 60_000);
});
