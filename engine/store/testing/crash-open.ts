/** A process that opens a database, to be killed while it does. It says so before. Usage: node crash-open.ts <path> */
import { writeSync } from "node:fs";
import { openDatabase } from "../database.ts";

writeSync(1, "opening\n");
openDatabase({ path: process.argv[2]! }).close();
