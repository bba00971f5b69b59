import { ensureRendererBuilt } from "./steps/build-renderer.mjs";
import { ensureInstalled } from "./steps/install.mjs";
import { node24, node24Env } from "./steps/node24.mjs";
import { fail, run } from "./steps/run.mjs";

/** `npm run screenshots`: the main screens as PNG, light and dark, English and Chinese. */
async function screenshots() {
  await ensureInstalled();
  await ensureRendererBuilt();
  process.exitCode = await run(node24(), ["e2e/screenshots.ts", ...process.argv.slice(2)], { env: node24Env() });
}

screenshots().catch(fail);
