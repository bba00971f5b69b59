import { ensureRendererBuilt } from "./steps/build-renderer.mjs";
import { playwright } from "./steps/checks.mjs";
import { ensureInstalled } from "./steps/install.mjs";
import { fail } from "./steps/run.mjs";

/** `npm run e2e -- triage`: the journeys alone, all or those whose file matches. */
async function e2e() {
  await ensureInstalled();
  await ensureRendererBuilt();
  const tally = await playwright(process.argv.slice(2));
  process.exitCode = tally.failed === 0 ? 0 : 1;
}

e2e().catch(fail);
