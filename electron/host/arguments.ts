import { parseArgs } from "node:util";
import { StartError } from "./start-error.ts";

export interface HostArguments {
  /** Where to listen; without one, the usual port or, when that is taken, any free one. */
  port?: number;
  project?: string;
  /** Pages besides our own that may connect: the dev server. */
  origins: string[];
}

/** Reads the command line of the host. @throws StartError */
export function parseHostArguments(argv: readonly string[]): HostArguments {
  const values = parse(argv);
  return {
    origins: values.origin,
    ...(values.project !== undefined && { project: values.project }),
    ...(values.port !== undefined && { port: portOf(values.port) }),
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        port: { type: "string" },
        project: { type: "string" },
        // For scripts/start.mjs, which opens the browser.
        "no-open": { type: "boolean", default: false },
        origin: { type: "string", multiple: true, default: [] },
      },
    }).values;
  } catch (cause) {
    throw new StartError((cause as Error).message, { cause });
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new StartError(`--port must be a number from 0 to 65535, not “${text}”.`);
  return port;
}
