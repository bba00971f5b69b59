#!/usr/bin/env node
// Plain JavaScript that an older Node runs too: it hands over to the Node 24 that the project pins.
import { spawn } from "node:child_process";
import * as nodeModule from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { forwardSignals } from "../../scripts/steps/forward-signals.mjs";
import { node24 } from "../../scripts/steps/node24.mjs";

const NEEDED_NAPI = 10;

if (Number(process.versions.napi) >= NEEDED_NAPI) {
  // Most of a short command is loading its sources: they are kept compiled.
  nodeModule.enableCompileCache(join(process.env.HEDDLE_HOME || join(homedir(), ".heddle"), "cache", "compiled"));
  await import("./main.ts");
} else {
  try {
    const main = fileURLToPath(new URL("main.ts", import.meta.url));
    forwardSignals(spawn(node24(), [main, ...process.argv.slice(2)], { stdio: "inherit" }));
  } catch (error) {
    console.error(`heddle: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
