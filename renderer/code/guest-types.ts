import { CONSOLE_METHODS } from "../../engine/lib/guest-console.ts";

/** What the checker is told of the world that a step's code runs in: its input, and a console to print with. */
export function guestTypes(input: string): string {
  const methods = CONSOLE_METHODS.map((name) => `${name}(...values: unknown[]): void`).join("; ");
  return `type Input = ${input};\ndeclare const input: Input;\ndeclare const console: { ${methods} };\n`;
}
