import { ensureRendererBuilt } from "./steps/build-renderer.mjs";
import { playwright, staticChecks, vitest } from "./steps/checks.mjs";
import { chromium } from "./steps/chromium.mjs";
import { electronBinary } from "./steps/desktop.mjs";
import { ensureInstalled } from "./steps/install.mjs";
import { fail, say } from "./steps/run.mjs";
import { add, line } from "./steps/tally.mjs";

/** `npm test`: everything that can be checked on this machine, and what can't, by name. */
async function test() {
  await ensureInstalled();
  await ensureRendererBuilt();
  let tally = add(await staticChecks(), await vitest("unit"));
  tally = add(tally, await vitest("integration"));
  // Without a browser the journeys count as one that was skipped; with one, Playwright counts what it skips itself.
  tally = add(tally, chromium() ? await playwright() : { passed: 0, failed: 0, skipped: 1 });
  for (const [what, why] of missingHere()) say(`could not run here: ${what} (${why})`);
  console.log(line(tally));
  process.exitCode = tally.failed === 0 ? 0 : 1;
}

/** What this machine lacks. @returns {[what: string, why: string][]} */
function missingHere() {
  /** @type {[string, string][]} */
  const missing = [];
  if (!chromium()) missing.push(["the journeys in the browser", "no Chromium; install it or name it in CHROMIUM"]);
  if (!electronBinary()) missing.push(["the journey in Electron", "its program is not on this machine"]);
  return missing;
}

test().catch(fail);
