/**
 * A host to be killed: starts the servers of its argument (JSON, `mcpServers` form), tells their process ids on one line, and stays.
 * With `--no-dispose` it leaves on SIGTERM without ending its servers itself.
 */
import { createToolHost } from "../tool-host.ts";

const servers = JSON.parse(process.argv[2] ?? "{}");
const host = createToolHost({ servers });
const names = Object.keys(servers);
await Promise.all(names.map((name) => host.start(name)));
const pids = await Promise.all(names.map((name) => host.pid(name)));
process.stdout.write(`${JSON.stringify(pids)}\n`);

if (!process.argv.includes("--no-dispose")) {
  for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => void host.dispose().then(() => process.exit(0)));
}
if (process.argv.includes("--exit")) process.exit(0);
setInterval(() => {}, 60_000);
