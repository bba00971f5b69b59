import { stripTypeScriptTypes } from "node:module";
import { fault, type SandboxOutcome } from "./job.ts";

/** What stack traces call the author's code. */
export const FILE_NAME = "code.ts";

const HAS_DEFAULT_EXPORT = /(?:^|[;}\n])\s*export\s+(?:default\b|\{[^}]*\bas\s+default\b)/;

/**
 * The author's TypeScript as a JavaScript module with a default export. Types become white space and nothing is put before the first
 * line's end, so that line numbers stay the author's.
 */
export function toModule(source: string): { ok: true; script: string } | { ok: false; outcome: SandboxOutcome } {
  const asModule = HAS_DEFAULT_EXPORT.test(source) ? source : `export default async (input: any) => {${source}\n}`;
  try {
    return { ok: true, script: stripTypeScriptTypes(asModule) };
  } catch (error) {
    const { message, stack = "" } = error as Error;
    // Node puts the place before the message: “:3\n…source line…\n^^^”.
    const line = Number(/^[^\n]*?:(\d+)\n/.exec(stack)?.[1] ?? 1);
    return { ok: false, outcome: fault("code.syntax", { line, detail: message }) };
  }
}
