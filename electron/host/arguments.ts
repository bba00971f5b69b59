import { parseArgs } from "node:util";

export interface HostArguments {
  /** Where to listen; without one, the usual port or, when that is taken, any free one. */
  port?: number;
  project?: string;
  /** Whether the browser opens by itself. */
  open: boolean;
  /** Pages besides our own that may connect: the dev server. */
  origins: string[];
}

/** Reads the command line of the host. @throws Error with a sentence for the user */
export function parseHostArguments(argv: readonly string[]): HostArguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      port: { type: "string" },
      project: { type: "string" },
      "no-open": { type: "boolean", default: false },
      origin: { type: "string", multiple: true, default: [] },
    },
  });
  return {
    open: !values["no-open"],
    origins: values.origin,
    ...(values.project !== undefined && { project: values.project }),
    ...(values.port !== undefined && { port: portOf(values.port) }),
  };
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port must be a number from 0 to 65535, not “${text}”.`);
  return port;
}
