import type { McpServerConfig } from "../../engine/rpc/contract.ts";

/** A server's config without secrets, and what was taken out: name -> value. The values stay on this machine. */
export interface MaskedServer {
  config: McpServerConfig;
  secrets: Record<string, string>;
}

/** `${NAME}`: a value that is a name already. */
const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
const SECRET_WORD = /key|token|secret|passw|credential|auth|cookie|session|private|signature|\bpat\b/i;
/** Forms that keys of well-known services have, and any long run without spaces that mixes letters and digits. */
const SECRET_FORM =
  /^(sk-|pk-|ghp_|gho_|github_pat_|xox[abp]-|AKIA|eyJ|Bearer\s|Basic\s)|^(?=[^\s/\\]*\d)(?=[^\s/\\]*[A-Za-z])[A-Za-z0-9_\-+=.]{32,}$/;
const SECRET_FLAG = /^--?[\w-]*(key|token|secret|passw|credential|auth)[\w-]*(=|$)/i;

/** Replaces what looks like a secret by a name: by what the variable is called, by what the value looks like, or by the option before it. */
export function maskServer(name: string, config: McpServerConfig): MaskedServer {
  const secrets: Record<string, string> = {};
  const keep = (variable: string, value: string): string => {
    const secret = freeName(`${name}_${variable}`.toUpperCase().replace(/[^A-Z0-9]+/g, "_"), value, secrets);
    secrets[secret] = value;
    return `\${${secret}}`;
  };
  const maskRecord = (record: Record<string, string> | undefined): Record<string, string> | undefined =>
    record &&
    Object.fromEntries(
      Object.entries(record).map(([key, value]) => [key, isSecret(key, value) ? keep(key, value) : value]),
    );

  if ("url" in config && typeof config.url === "string") {
    const { url, ...rest } = config;
    const headers = maskRecord(config.headers as Record<string, string> | undefined);
    return { config: { ...rest, url: maskUrl(url, keep), ...(headers && { headers }) }, secrets };
  }
  const { env, args, ...rest } = config as Extract<McpServerConfig, { command: string }>;
  const maskedEnv = maskRecord(env);
  const maskedArgs = args?.map((argument, index) => maskArgument(argument, args[index - 1], keep));
  return {
    config: { ...rest, ...(maskedArgs && { args: maskedArgs }), ...(maskedEnv && { env: maskedEnv }) },
    secrets,
  };
}

/** The names that a config leaves open: what the target has to provide. */
export function referencedNames(config: McpServerConfig): string[] {
  const names = [...JSON.stringify(config).matchAll(REFERENCE)].map((match) => match[1]!);
  return [...new Set(names)].filter((name) => name !== "HEDDLE_NODE" && name !== "HEDDLE_APP").sort();
}

function isSecret(name: string, value: string): boolean {
  if (value === "" || isReference(value)) return false;
  return SECRET_WORD.test(name) || SECRET_FORM.test(value);
}

const isReference = (value: string): boolean =>
  value
    .replaceAll(REFERENCE, "")
    .replace(/^(Bearer|Basic)\s*/i, "")
    .trim() === "";

type Keep = (variable: string, value: string) => string;

function maskArgument(argument: string, before: string | undefined, keep: Keep): string {
  const equals = argument.indexOf("=");
  if (equals > 0 && isSecret(argument.slice(0, equals), argument.slice(equals + 1))) {
    return `${argument.slice(0, equals + 1)}${keep(argument.slice(0, equals), argument.slice(equals + 1))}`;
  }
  if (isReference(argument)) return argument;
  const follows =
    before !== undefined && SECRET_FLAG.test(before) && !before.includes("=") && !argument.startsWith("-");
  return follows || SECRET_FORM.test(argument) ? keep(follows ? before : "ARG", argument) : argument;
}

/** `https://user:password@host/?api_key=…`: the password and telling parameters. */
function maskUrl(text: string, keep: Keep): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  const found: [string, string][] = [];
  if (url.password && !isReference(decodeURIComponent(url.password))) found.push(["PASSWORD", url.password]);
  for (const [name, value] of url.searchParams) if (isSecret(name, value)) found.push([name, value]);
  return found.reduce((masked, [name, value]) => masked.replace(value, keep(name, decodeURIComponent(value))), text);
}

function freeName(wanted: string, value: string, taken: Readonly<Record<string, string>>): string {
  const base = /^[A-Z_]/.test(wanted) ? wanted : `_${wanted}`;
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}_${n}`;
    if (taken[name] === undefined || taken[name] === value) return name;
  }
}
