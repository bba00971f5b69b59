import { HeddleError } from "../../lib/errors/error.ts";

export const FLOW_FOLDER = "flows";
export const FLOW_EXTENSIONS = [".flow.yaml", ".flow.json"] as const;

/** What no file system path of ours may hold: separators, what Windows reserves, control characters, leading or trailing dots and spaces. */
const UNSAFE = /[\\/:*?"<>|\p{Cc}]|^[.\s]|[.\s]$/u;
const MAX_LENGTH = 100;

/** Refuses a name that would leave the flows folder or that not every file system holds. @throws HeddleError `flow.name` */
export function checkFlowName(name: string): string {
  if (name.length === 0 || name.length > MAX_LENGTH || UNSAFE.test(name)) throw new HeddleError("flow.name", { name });
  return name;
}

/** The flow's name in a file's name; undefined for files that are none. */
export function flowNameOf(file: string): string | undefined {
  const extension = FLOW_EXTENSIONS.find((candidate) => file.endsWith(candidate));
  if (!extension) return undefined;
  const name = file.slice(0, -extension.length);
  return name.length > 0 && !UNSAFE.test(name) ? name : undefined;
}

/** A name for a new flow from its title: `Bug triage!` becomes `bug-triage`; a title without Latin letters becomes `flow`. Free of `taken`. */
export function newFlowName(title: string, taken: readonly string[]): string {
  const slug = title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replace(/^-+|-+$/g, "");
  const base = slug || "flow";
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}-${n}`;
    if (!taken.includes(name)) return name;
  }
}
