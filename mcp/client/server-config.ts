import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { McpServerConfig } from "../../engine/rpc/contract.ts";

/** What `${NAME}` in a server's config may stand for. */
export type Variables = Readonly<Record<string, string | undefined>>;

export type LaunchPlan =
  | { transport: "stdio"; command: string; args: string[]; env: Record<string, string>; cwd: string | undefined }
  | { transport: "http"; url: URL; headers: Record<string, string> };

type StdioConfig = Extract<McpServerConfig, { command: string }>;
type HttpConfig = Extract<McpServerConfig, { url: string }>;

const isStdio = (config: McpServerConfig): config is StdioConfig => typeof config["command"] === "string";

/** Which transport a server's config asks for. */
export function transportOf(config: McpServerConfig): "stdio" | "http" {
  return isStdio(config) ? "stdio" : "http";
}

/**
 * A server's config with its variables filled in, ready to start.
 * @throws HeddleError `tool.server-config` naming the missing variable, or the address that is none.
 */
export function launchPlan(server: string, config: McpServerConfig, variables: Variables): LaunchPlan {
  const expand = (text: string) => expandVariables(server, text, variables);
  const expandAll = (texts: Record<string, string> = {}) =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, expand(text)]));
  if (isStdio(config)) {
    const cwd = config.cwd === undefined ? undefined : expand(config.cwd);
    const args = (config.args ?? []).map(expand);
    return { transport: "stdio", command: expand(config.command), args, env: expandAll(config.env), cwd };
  }
  const { url, headers }: HttpConfig = config;
  return { transport: "http", url: readUrl(server, expand(url)), headers: expandAll(headers) };
}

const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

/** `${NAME}` and `${NAME:-used where NAME is unset}`. */
function expandVariables(server: string, text: string, variables: Variables): string {
  return text.replace(VARIABLE, (_place, name: string, fallback?: string) => {
    const value = variables[name] || fallback;
    if (value !== undefined) return value;
    throw new HeddleError("tool.server-config", {
      server,
      detail: `the environment variable ${name} is not set. Set it, or write \${${name}:-a default} in mcp.json.`,
    });
  });
}

function readUrl(server: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  const detail = `“${text}” is not an address that starts with http:// or https://.`;
  throw new HeddleError("tool.server-config", { server, detail });
}
