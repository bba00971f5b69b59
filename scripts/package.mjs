import { buildElectron } from "./steps/desktop.mjs";
import { ensureRendererBuilt } from "./steps/build-renderer.mjs";
import { ensureInstalled } from "./steps/install.mjs";
import { node24, node24Env } from "./steps/node24.mjs";
import { at } from "./steps/paths.mjs";
import { fail, run, say } from "./steps/run.mjs";

/** `npm run package`: installers for this system in dist/packages. Further arguments go to electron-builder. */
async function pack() {
  await ensureInstalled();
  await ensureRendererBuilt();
  await buildElectron();
  say("packing");
  const builder = at("node_modules", "electron-builder", "cli.js");
  const args = [builder, "--config", "electron-builder.yml", "--publish", "never", ...process.argv.slice(2)];
  process.exitCode = await run(node24(), args, { env: node24Env() });
}

pack().catch(fail);
