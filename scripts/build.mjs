import { ensureInstalled } from "./steps/install.mjs";
import { ensureRendererBuilt } from "./steps/build-renderer.mjs";
import { fail } from "./steps/run.mjs";

/** `npm run build`: the renderer into dist/renderer. */
ensureInstalled()
  .then(() => ensureRendererBuilt({ force: true }))
  .catch(fail);
