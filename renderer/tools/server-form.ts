import type { McpServerConfig } from "../../engine/rpc/contract.ts";
import { mcpServerConfigSchema } from "../../engine/rpc/contract.ts";
import { isJsonObject } from "../../engine/lib/json.ts";

/** A server's settings as they are typed: lists as lines. */
export interface ServerForm {
  name: string;
  transport: "stdio" | "http";
  command: string;
  /** one argument a line */
  args: string;
  /** `NAME=value` a line */
  env: string;
  url: string;
  /** `Name: value` a line */
  headers: string;
}

export const EMPTY_FORM: ServerForm = {
  name: "",
  transport: "stdio",
  command: "",
  args: "",
  env: "",
  url: "",
  headers: "",
};

const lines = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

function pairs(text: string, separator: string): Record<string, string> {
  const entries = lines(text).map((line) => {
    const cut = line.indexOf(separator);
    return cut < 0 ? [line, ""] : [line.slice(0, cut).trim(), line.slice(cut + 1).trim()];
  });
  return Object.fromEntries(entries) as Record<string, string>;
}

const joined = (record: Record<string, string> | undefined, separator: string): string =>
  Object.entries(record ?? {})
    .map(([name, value]) => `${name}${separator}${value}`)
    .join("\n");

/** The form of a server that exists. */
export function formOf(name: string, config: McpServerConfig): ServerForm {
  if (isHttp(config))
    return { ...EMPTY_FORM, name, transport: "http", url: config.url, headers: joined(config.headers, ": ") };
  const { command, args = [], env } = config;
  return { ...EMPTY_FORM, name, command, args: args.join("\n"), env: joined(env, "=") };
}

type HttpConfig = Extract<McpServerConfig, { url: string }>;

export const isHttp = (config: McpServerConfig): config is HttpConfig => typeof config["url"] === "string";

/** What mcp.json keeps. Keys of an older config that the form doesn't show stay. */
export function configOf(form: ServerForm, older: McpServerConfig | undefined): McpServerConfig {
  if (form.transport === "http") {
    const { command: _c, args: _a, env: _e, cwd: _d, ...others } = (older ?? {}) as Record<string, unknown>;
    const headers = pairs(form.headers, ":");
    return {
      ...others,
      type: "http",
      url: form.url.trim(),
      headers: Object.keys(headers).length > 0 ? headers : undefined,
    };
  }
  const { url: _u, headers: _h, type: _t, ...others } = (older ?? {}) as Record<string, unknown>;
  const args = lines(form.args);
  const env = pairs(form.env, "=");
  return {
    ...others,
    command: form.command.trim(),
    args: args.length > 0 ? args : undefined,
    env: Object.keys(env).length > 0 ? env : undefined,
  };
}

export const isComplete = (form: ServerForm): boolean =>
  form.name !== "" && (form.transport === "http" ? form.url.trim() !== "" : form.command.trim() !== "");

export type Pasted =
  | { ok: true; servers: { name: string; config: McpServerConfig }[] }
  | { ok: false; problem: "not-json" | "no-servers" | "needs-name" };

/** Reads what people paste: a whole mcp.json, its `mcpServers`, one named entry, or one server alone (named by `name`). */
export function readPasted(text: string, name: string): Pasted {
  const value = parse(text);
  if (value === undefined) return { ok: false, problem: "not-json" };
  if (!isJsonObject(value)) return { ok: false, problem: "no-servers" };
  const alone = mcpServerConfigSchema.safeParse(value);
  if (alone.success) {
    return name ? { ok: true, servers: [{ name, config: alone.data }] } : { ok: false, problem: "needs-name" };
  }
  const group = value["mcpServers"] ?? value["servers"] ?? value;
  if (!isJsonObject(group)) return { ok: false, problem: "no-servers" };
  const servers = Object.entries(group).flatMap(([key, entry]) => {
    const config = mcpServerConfigSchema.safeParse(entry);
    return config.success ? [{ name: key, config: config.data }] : [];
  });
  return servers.length > 0 ? { ok: true, servers } : { ok: false, problem: "no-servers" };
}

/** Objects are often pasted without their outer braces. */
function parse(text: string): unknown {
  for (const candidate of [text, `{${text.trim().replace(/,$/, "")}}`]) {
    try {
      return JSON.parse(candidate) as unknown;
    } catch {
      continue;
    }
  }
  return undefined;
}
