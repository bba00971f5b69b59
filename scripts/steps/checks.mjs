import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { node24, node24Env } from "./node24.mjs";
import { at } from "./paths.mjs";
import { run, say } from "./run.mjs";
import { add, emptyTally, line, one, playwrightTally, vitestTally } from "./tally.mjs";

/** @typedef {import("./tally.mjs").Tally} Tally */

/** The checks of `npm run verify` that look at the source alone. @type {[name: string, module: string, args: string[]][]} */
const STATIC_CHECKS = [
  ["format", "oxfmt/bin/oxfmt", ["--check"]],
  ["lint", "oxlint/bin/oxlint", ["--type-aware"]],
  ["types (host)", "@typescript/native/bin/tsc", ["-p", "tsconfig.node.json"]],
  ["types (studio)", "@typescript/native/bin/tsc", ["-p", "tsconfig.renderer.json"]],
  [
    "layers",
    "dependency-cruiser/bin/dependency-cruiser.mjs",
    ["--config", ".dependency-cruiser.cjs", "engine", "nodes", "mcp", "renderer", "electron", "publish"],
  ],
  ["dead code", "knip/bin/knip.js", ["--no-progress"]],
];

/** Format, lint, types, layers and dead code: each counts as one. @returns {Promise<Tally>} */
export async function staticChecks() {
  let tally = emptyTally();
  for (const [name, module, args] of STATIC_CHECKS) {
    const ok = (await run(node24(), [at("node_modules", module), ...args], { env: node24Env() })) === 0;
    say(`${ok ? "✓" : "✗"} ${name}`);
    tally = add(tally, one(ok));
  }
  return tally;
}

/** Runs one of vitest's projects. @param {"unit" | "integration"} project @returns {Promise<Tally>} */
export async function vitest(project) {
  return withReport(async (report) => {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const args = [at("node_modules", "vitest", "vitest.mjs"), "run", "--project", project, ...reporters];
    const code = await run(node24(), args, { env: node24Env() });
    const tally = existsSync(report) ? vitestTally(report) : emptyTally();
    return finish(`${project} tests`, code, tally);
  });
}

/** Runs the journeys in a real browser, or one file of them. @param {string[]} files @returns {Promise<Tally>} */
export async function playwright(files = []) {
  return withReport(async (report) => {
    const cli = at("node_modules", "@playwright", "test", "cli.js");
    const args = [cli, "test", "--config", "e2e/playwright.config.ts", "--reporter=list,json", ...files];
    const env = { ...node24Env(), PLAYWRIGHT_JSON_OUTPUT_FILE: report };
    const code = await run(node24(), args, { env });
    return finish("journeys", code, existsSync(report) ? playwrightTally(report) : emptyTally());
  });
}

/** A runner that failed without a failed test still failed. @param {string} name @param {number} code @param {Tally} tally */
function finish(name, code, tally) {
  const counted = code !== 0 && tally.failed === 0 ? add(tally, one(false)) : tally;
  say(`${counted.failed === 0 ? "✓" : "✗"} ${name}: ${line(counted)}`);
  return counted;
}

/** @param {(report: string) => Promise<Tally>} work */
async function withReport(work) {
  const folder = mkdtempSync(join(tmpdir(), "heddle-report-"));
  try {
    return await work(join(folder, "report.json"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
