import { HeddleError } from "../../engine/lib/errors/error.ts";
import { StartError } from "./start-error.ts";

/** A failure that no code awaited is told and no reason to end: runs and edits of the person go on. */
export function surviveStrayFailures(): void {
  process.on("unhandledRejection", printError);
}

/** An error for whoever reads the terminal: its sentence, and the stack with its cause only where it is a bug of ours. */
export function printError(error: unknown): void {
  const known = error instanceof StartError || (error instanceof HeddleError && error.code !== "internal");
  console.error(known ? error.message : error);
}
