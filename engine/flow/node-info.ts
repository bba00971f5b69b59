import {
  parseExpression,
  parseTemplate,
  references,
  type Expression,
  type Reference,
  type Template,
} from "../expr/index.ts";
import type { JsonValue } from "../lib/json.ts";
import type { FieldSite, Inference, NodeShape, NodeTypes } from "./node-types.ts";
import { DEFAULT_PORT, type FlowNode } from "./schema.ts";
import type { Root } from "./scope.ts";

/** A place of a config that holds references, read. */
export interface ReadSite {
  site: FieldSite;
  parsed: Template | Expression;
  references: readonly Reference[];
}

/** What a node is by itself, whatever stands around it. */
export interface NodeInfo {
  /** Without what depends on values from elsewhere. */
  shape: NodeShape;
  sites: readonly FieldSite[];
  read: readonly ReadSite[];
  /** Names of flows that it runs. Names that are worked out as the run goes on can't be told. */
  flows: readonly FieldSite[];
  /** The names that its config refers to, in the fields of each kind of scope. */
  roots: readonly Root[];
  /** Its shape depends on what its config refers to. */
  infers: boolean;
}

const UNKNOWN: NodeShape = {
  role: "step",
  hasInput: true,
  ports: [{ id: DEFAULT_PORT }],
  slots: [],
  output: {},
  summary: { en: "This kind of step is not known here", zh: "未知的步骤类型" },
};

/** Kinds of sites that hold no references. */
const NAMES: ReadonlySet<FieldSite["kind"]> = new Set(["model", "server", "flow"]);

/** Looks at a node by itself. An unknown type still shows as a step with one way in and one way out. */
export function nodeInfo(node: FlowNode, types: NodeTypes): NodeInfo {
  const known = types.has(node.type);
  const config: JsonValue = node.config ?? {};
  let infers = false;
  const ask = <Answer>(answer: Answer): Answer => {
    infers = true;
    return answer;
  };
  const unknown: Inference = { valueAt: () => ask({}), flow: () => ask(undefined) };
  const shape = known ? types.shape(node.type, config, unknown) : UNKNOWN;
  const sites = known ? types.sites(node.type, config) : [];
  const read: ReadSite[] = [];
  for (const site of sites) if (!NAMES.has(site.kind)) read.push(readSite(site));
  const flows = sites.filter(({ kind, value }) => kind === "flow" && value !== "" && !value.includes("{{"));
  return { shape, sites, read, flows, roots: rootsOf(read), infers };
}

function rootsOf(read: readonly ReadSite[]): Root[] {
  const roots: Root[] = [];
  for (const { site, references: used } of read) {
    for (const { root: name } of used) {
      const isKnown = roots.some((root) => root.name === name && root.within === site.within);
      if (!isKnown) roots.push({ within: site.within, name });
    }
  }
  return roots;
}

function readSite(site: FieldSite): ReadSite {
  const parsed = site.kind === "expression" ? parseExpression(site.value) : parseTemplate(site.value);
  return { site, parsed, references: references(parsed) };
}

/** Two nodes with the same one are the same to the graph. */
export function structureOf({ type, disabled, fallback, join }: FlowNode, shape: NodeShape): string {
  const { role, hasInput, ports, slots, provides, handlesFailure, trigger, assigns, answers, body } = shape;
  const flags = [hasInput, disabled, fallback !== undefined, handlesFailure, assigns, answers, body !== undefined];
  const joints = [ports.map(({ id }) => id), slots.map(({ slot, accepts, required }) => [slot, accepts, required])];
  return JSON.stringify([type, role, flags, join, trigger, provides, joints]);
}

/**
 * A shape whose schemas are the same objects as in the shape before, where they say the same: whoever refers to the node sees by that that
 * nothing changed for it.
 */
export function steadyShape(shape: NodeShape, before: NodeShape | undefined): NodeShape {
  if (!before || before === shape) return shape;
  const output = isAlike(shape.output, before.output) ? before.output : shape.output;
  const body = shape.body && isAlike(shape.body, before.body) ? before.body : shape.body;
  return { ...shape, output, ...(body && { body }) };
}

const isAlike = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
