import { ensureRendererBuilt } from "./steps/build-renderer.mjs";
import { startDesktop } from "./steps/desktop.mjs";
import { ensureInstalled } from "./steps/install.mjs";
import { fail } from "./steps/run.mjs";

/** `npm run desktop`: the studio in its Electron window. */
ensureInstalled()
  .then(() => ensureRendererBuilt())
  .then(() => startDesktop(process.argv.slice(2)))
  .catch(fail);
