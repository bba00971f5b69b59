/** Runs one subject so many times, for what counts a process's instructions. Usage: node overhead.ts <shape> <memory|SQLite|Rivet> <runs> */
import { heddleInMemory, heddleOnSqlite } from "../heddle.ts";
import { rivet } from "../peers/rivet.mjs";
import type { Shape, Subject } from "../subject.ts";

const SIZE = 100;
const [shape, name, runs] = process.argv.slice(2) as [Shape, string, string];
process.removeAllListeners("warning");
const make: Record<string, (shape: Shape, size: number) => Subject> = {
  memory: heddleInMemory,
  SQLite: heddleOnSqlite,
  Rivet: rivet,
};
const subject = make[name]!(shape, SIZE);
for (let run = 0; run < Number(runs); run++) await subject.run(run);
subject.close?.();
process.exit();
