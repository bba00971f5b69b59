import { buildElectron, electronBinary } from "./steps/desktop.mjs";
import { ensureRendererBuilt } from "./steps/build-renderer.mjs";
import { playwright } from "./steps/checks.mjs";
import { ensureInstalled } from "./steps/install.mjs";
import { fail, say } from "./steps/run.mjs";

/** `npm run e2e:electron`: the journey in the real desktop window. */
async function journey() {
  await ensureInstalled();
  if (!electronBinary()) return say("could not run here: the journey in Electron (its program is not on this machine)");
  await ensureRendererBuilt();
  await buildElectron();
  const tally = await playwright(["electron"]);
  process.exitCode = tally.failed === 0 ? 0 : 1;
}

journey().catch(fail);
