import { staticChecks, vitest } from "./steps/checks.mjs";
import { ensureInstalled } from "./steps/install.mjs";
import { fail } from "./steps/run.mjs";
import { add, line } from "./steps/tally.mjs";

/** `npm run verify`: what takes a minute and needs nothing but the sources. */
async function verify() {
  await ensureInstalled();
  const tally = add(await staticChecks(), await vitest("unit"));
  console.log(line(tally));
  process.exitCode = tally.failed === 0 ? 0 : 1;
}

verify().catch(fail);
