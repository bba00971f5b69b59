/** Where the caret stands in a flow's YAML, told from the lines alone, so that it works while the text doesn't parse. */
export interface YamlPlace {
  /** Keys from the top down to the map or list that the caret is in: `["nodes", "triage", "config"]`. */
  path: string[];
  /** After `key:` on the same line: the value of that key is being typed. */
  after?: string;
  /** In an item of a list. */
  item: boolean;
  /** What stands before the caret on its line, without indentation. */
  before: string;
  /** Keys that the same map has already. */
  siblings: string[];
}

const KEY = /^(\s*)(?:- )?\s*("?)([A-Za-z_][\w-]*)\2\s*:(?:\s|$)/;
const indentOf = (line: string): number => /^[\s-]*/.exec(line.replace(/^(\s*)- /, "$1  "))![0].length;
const isBlank = (line: string): boolean => /^\s*(#.*)?$/.test(line);

export function yamlPlace(lines: readonly string[], line: number, column: number): YamlPlace {
  const here = (lines[line] ?? "").slice(0, column);
  const key = KEY.exec(here);
  const indent = here.trim() === "" ? column : indentOf(here);
  const path: string[] = [];
  let limit = indent;
  for (let i = line - 1; i >= 0 && limit > 0; i--) {
    const above = lines[i]!;
    if (isBlank(above)) continue;
    const match = KEY.exec(above);
    const at = indentOf(above);
    if (match && at < limit) {
      path.unshift(match[3]!);
      limit = at;
    }
  }
  return {
    path,
    ...(key && { after: key[3]! }),
    item: /^\s*- /.test(here),
    before: here.trimStart(),
    siblings: siblingsOf(lines, line, indent),
  };
}

function siblingsOf(lines: readonly string[], line: number, indent: number): string[] {
  const keys: string[] = [];
  const scan = (from: number, step: 1 | -1) => {
    for (let i = from; i >= 0 && i < lines.length; i += step) {
      const text = lines[i]!;
      if (isBlank(text)) continue;
      const at = indentOf(text);
      if (at < indent) return;
      const match = at === indent ? KEY.exec(text) : null;
      if (match) keys.push(match[3]!);
    }
  };
  scan(line - 1, -1);
  scan(line + 1, 1);
  return keys;
}

/** A place by what it means: bodies nest, so the same parts come again inside of one. */
export interface FlowPlace {
  /** The container whose body it is in. */
  body?: string;
  /** `nodes`, `edges`, …; undefined at the top. */
  section?: string;
  node?: string;
  /** `config`, `retry`, …; undefined among a node's own keys. */
  part?: string;
  inner: string[];
}

export function flowPlace(path: readonly string[]): FlowPlace {
  let body: string | undefined;
  let rest = path;
  while (rest[0] === "nodes" && rest[1] !== undefined && rest[2] === "body") {
    body = rest[1];
    rest = rest.slice(3);
  }
  const [section, node, part, ...inner] = rest;
  return {
    inner,
    ...(body !== undefined && { body }),
    ...(section !== undefined && { section }),
    ...(node !== undefined && { node }),
    ...(part !== undefined && { part }),
  };
}

/** The words typed in an open `{{` before the caret; null outside of one. */
export function openBraces(before: string): string | null {
  const open = before.lastIndexOf("{{");
  if (open === -1 || before.indexOf("}}", open) !== -1) return null;
  return before.slice(open + 2).trimStart();
}

/** The schema of a place inside a node's config. Steps over list items, which have no keys. */
export function schemaAt<S extends { properties?: Record<string, S>; items?: S; additionalProperties?: unknown }>(
  schema: S | undefined,
  path: readonly string[],
): S | undefined {
  return path.reduce<S | undefined>((at, key) => {
    const map = at?.items ?? at;
    if (map?.properties?.[key]) return map.properties[key];
    return typeof map?.additionalProperties === "object" && map.additionalProperties !== null
      ? (map.additionalProperties as S)
      : undefined;
  }, schema);
}
