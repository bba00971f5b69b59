import { createInterface } from "node:readline";
import { processRecordSchema, type ProcessRecord } from "./cluster-file.ts";
import { endAll } from "./process.ts";

/**
 * Ends what the supervisor leaves behind. Restate and PostgreSQL don't notice when the process that started them is killed; this one does,
 * because the pipe on its standard input closes. The supervisor writes a line for each process that begins or ends.
 */
const alive = new Map<number, ProcessRecord>();
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => undefined);

for await (const line of createInterface({ input: process.stdin })) {
  const [sign, text] = [line.slice(0, 1), line.slice(1)];
  const record = processRecordSchema.parse(JSON.parse(text));
  if (sign === "+") alive.set(record.pid, record);
  else alive.delete(record.pid);
}
await endAll([...alive.values()], 5_000);
