import type { SecretService } from "../engine/node/services.ts";

const SECRET = /\{\{\s*secrets\.([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g;

/**
 * Puts secrets in their places. The text comes from the flow's author alone: results of earlier steps can't reach it.
 * Undefined where something else than secrets stands between braces. @throws HeddleError `secret.missing`
 */
export async function fillSecrets(text: string, secrets: SecretService): Promise<string | undefined> {
  const values = new Map<string, string>();
  for (const [, name] of text.matchAll(SECRET)) values.set(name!, await secrets.get(name!));
  if (text.replace(SECRET, "").includes("{{")) return undefined;
  return text.replace(SECRET, (_place, name: string) => values.get(name) ?? "");
}
