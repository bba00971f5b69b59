import { ProcessPool } from "../process-pool.ts";

/** A host with two busy processes, whose ids it prints; for a test that kills it. */
const pool = new ProcessPool({ entry: new URL("./busy-guest.ts", import.meta.url) }, { size: 2, idle: 60_000 });
const { signal } = new AbortController();
const spin = () =>
  pool.use(signal, async (process) => {
    console.log(await process.call("pid", [], signal));
    return process.call("spin", [], signal);
  });
await Promise.all([spin(), spin()]);
