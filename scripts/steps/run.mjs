import { spawn } from "node:child_process";
import { ROOT } from "./paths.mjs";

/** Prints one line of what is going on. @param {string} text */
export function say(text) {
  console.log(`heddle: ${text}`);
}

/** A failure whose sentence is all that the user needs to see. */
export class StepError extends Error {}

/**
 * Runs a program in the checkout with our output and resolves with its exit code.
 * @param {string} program @param {string[]} args @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: "inherit", ...options });
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}

/** Says every few seconds that a long step is still at work. @template T @param {string} what @param {Promise<T>} work @returns {Promise<T>} */
export async function withProgress(what, work) {
  const started = Date.now();
  const timer = setInterval(() => say(`${what} … ${Math.round((Date.now() - started) / 1000)} s`), 10_000);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}

/** Prints a StepError as its sentence and anything else in full, then ends with 1. @param {unknown} error */
export function fail(error) {
  console.error(error instanceof StepError ? `heddle: ${error.message}` : error);
  process.exit(1);
}
