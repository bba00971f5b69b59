import { HeddleError } from "../../engine/lib/errors/error.ts";
import { StartError } from "./start-error.ts";

/** An error for whoever reads the terminal: its sentence, and the stack with its cause only where it is a bug of ours. */
export function printError(error: unknown): void {
  const known = error instanceof StartError || (error instanceof HeddleError && error.code !== "internal");
  console.error(known ? error.message : error);
}
