import type { Channel } from "../../isolated/channel.ts";
import { openGuestPort } from "../../isolated/guest-port.ts";
import { confine } from "./confine.ts";
import { describeNode, isDeclaration, parseConfig, type Declared } from "./describe.ts";
import { guestContext, hostFetch } from "./guest-context.ts";

/** The process of one origin's nodes: loads their file, tells what they are, runs them when asked. */
const nodes = new Map<string, Declared>();
const exit = process.exit.bind(process);

const host: Channel = openGuestPort({
  async load([entry]) {
    const loaded = await load(String(entry));
    const declared: unknown[] = Array.isArray(loaded.default) ? loaded.default : [loaded.default];
    const descriptions: unknown[] = [];
    for (const declaration of declared) {
      if (!isDeclaration(declaration))
        throw new TypeError("it must export default defineNode({ … }) from heddle/node, or a list of them");
      nodes.set(declaration.type, declaration);
      descriptions.push(await describeNode(declaration));
    }
    return descriptions;
  },
  async run([type, config, input, context], signal) {
    const node = nodes.get(String(type));
    if (!node) throw new TypeError(`the file no longer declares “${String(type)}”`);
    const made = guestContext(host, context as { idempotencyKey: string; seed: number; attempt: number }, signal);
    const result = await node.run({ config: parseConfig(node, config), input }, made);
    // A result that isn’t data fails here, in the step that gave it.
    return structuredClone(result);
  },
  end: () => exit(0),
});

confine(new URL("./kit.ts", import.meta.url).href);
Object.defineProperty(globalThis, "fetch", { value: hostFetch(host), configurable: true, writable: true });
const log = (...values: unknown[]) => void host.call("log", [values.map(shown).join(" ")]).catch(() => undefined);
Object.defineProperty(globalThis, "console", {
  value: { log, info: log, warn: log, error: log, debug: log, trace: log },
  configurable: true,
  writable: true,
});

async function load(entry: string): Promise<{ default?: unknown }> {
  try {
    return (await import(entry)) as { default?: unknown };
  } catch (error) {
    if (error instanceof Error) error.message += placeOf(error, new URL(".", entry));
    throw error;
  }
}

/** The line of the author’s that an error comes from. */
function placeOf({ stack = "" }: Error, folder: URL): string {
  const places = stack.split("\n").flatMap((line) => {
    const at = line.indexOf(folder.pathname);
    const place = at === -1 ? null : /([^/\s:)]+):(\d+)/.exec(line.slice(at));
    return place ? [place] : [];
  });
  const [place] = places;
  return place ? ` (${place[1]}, line ${place[2]})` : "";
}

function shown(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Error) return String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}
