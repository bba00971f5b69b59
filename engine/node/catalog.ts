import { z } from "zod";
import { fieldSites } from "../flow/field-sites.ts";
import {
  NO_INFERENCE,
  type ConfigIssue,
  type FieldSite,
  type Inference,
  type NodeShape,
  type NodeTypes,
  type TriggerKind,
} from "../flow/node-types.ts";
import { DEFAULT_PORT } from "../flow/schema.ts";
import { HeddleError } from "../lib/errors/error.ts";
import type { JsonSchema, JsonValue } from "../lib/json.ts";
import type { Text } from "../lib/text.ts";
import { configIssues, unknownSettings } from "./config-issues.ts";
import type { AnyNode, Family } from "./define.ts";
import { lenientConfig } from "./lenient-config.ts";
import { missingSettings } from "./missing-settings.ts";

/** A node type as data, as the rpc contract's `catalog.list` gives it to the studio. */
export interface NodeTypeData {
  type: string;
  version: number;
  role: AnyNode["role"];
  family: Family;
  icon: string;
  title: Text;
  description: Text;
  docs: Text;
  config: JsonSchema;
  initial: JsonValue;
  streams?: string;
  trigger?: TriggerKind;
  /** Where it comes from, when it isn't built in: a folder of the project or an npm package. */
  origin?: NodeOrigin;
}

/** Who made a node type that isn't built in. */
export interface NodeOrigin {
  kind: "folder" | "package";
  /** `nodes/greet`, `heddle-node-weather@1.2.0` */
  name: string;
}

/** All node types of an installation: what analysis, planner and studio read. */
export interface Catalog extends NodeTypes {
  /** @throws HeddleError `not-found` for an unknown type. */
  get(type: string): AnyNode;
  /** A config with its defaults filled in. @throws for one that the type's schema doesn't accept. */
  parse(type: string, config: JsonValue): JsonValue;
  describe(): NodeTypeData[];
}

interface Entry {
  node: AnyNode;
  schema: JsonSchema;
  /** What the type's schema says of configs that were asked about. Configs are never changed in place. */
  parsed: WeakMap<object, Parsed>;
}

type Parsed = ReturnType<AnyNode["config"]["safeParse"]>;

function parse({ node, parsed }: Entry, config: JsonValue): Parsed {
  if (typeof config !== "object" || config === null) return node.config.safeParse(config);
  const known = parsed.get(config) ?? node.config.safeParse(config);
  parsed.set(config, known);
  return known;
}

/** Makes a catalog. @throws {TypeError} naming the node for a definition that is broken: twice the same type, an initial config that isn't valid. */
export function createCatalog(nodes: readonly AnyNode[]): Catalog {
  const entries = new Map<string, Entry>();
  for (const node of nodes) {
    if (entries.has(node.type)) throw new TypeError(`There are two node types named “${node.type}”`);
    entries.set(node.type, { node, schema: configSchema(node), parsed: new WeakMap() });
  }
  const entry = (type: string): Entry => {
    const found = entries.get(type);
    if (!found) throw new HeddleError("not-found", { kind: "node type", name: type });
    return found;
  };
  const names = [...entries.keys()];
  return {
    has: (type) => entries.has(type),
    types: () => names,
    get: (type) => entry(type).node,
    parse(type, config) {
      const { success, data, error } = parse(entry(type), config);
      if (!success) throw error;
      return data;
    },
    initial: (type) => entry(type).node.initial,
    check: (type, config) => checkConfig(entry(type), config),
    shape: (type, config, inference = NO_INFERENCE) => shapeOf(entry(type), config, inference),
    sites: (type, config): FieldSite[] => fieldSites(entry(type).schema, config),
    describe: () => [...entries.values()].map(describeNode),
  };
}

function configSchema(node: AnyNode): JsonSchema {
  const initial = node.config.safeParse(node.initial);
  if (!initial.success)
    throw new TypeError(`The initial config of “${node.type}” is not valid: ${initial.error.message}`);
  return z.toJSONSchema(node.config, { io: "input", unrepresentable: "any", reused: "inline" }) as JsonSchema;
}

function checkConfig(entry: Entry, config: JsonValue): ConfigIssue[] {
  const { schema } = entry;
  const parsed = parse(entry, config);
  const issues = parsed.success ? [] : configIssues(parsed.error.issues, schema, config);
  const empty = missingSettings(schema, config).filter(({ path }) => !issues.some((issue) => issue.path === path));
  return issues.concat(empty, unknownSettings(schema, config));
}

/** Something can always be drawn: a config that isn't valid yet gets as much of its shape as can be told. */
function shapeOf(entry: Entry, config: JsonValue, inference: Inference): NodeShape {
  const { node, schema } = entry;
  const parsed = parse(entry, config);
  if (parsed.success) return shapeFor(node, parsed.data, inference);
  try {
    return shapeFor(node, lenientConfig(node, schema, config), inference);
  } catch {
    return shapeFor(node, node.initial, inference);
  }
}

function shapeFor(node: AnyNode, config: JsonValue, inference: Inference): NodeShape {
  const output = node.output(config, inference);
  const summary = node.summary(config);
  if (node.role === "step") {
    const { trigger, handlesFailure, assigns, answers } = node;
    return {
      role: "step",
      hasInput: node.hasInput ?? true,
      ports: node.ports?.(config) ?? [{ id: DEFAULT_PORT }],
      slots: node.slots ?? [],
      output,
      summary,
      ...(node.body && { body: node.body(config, inference) }),
      ...(trigger && { trigger }),
      ...(handlesFailure && { handlesFailure }),
      ...(assigns && { assigns }),
      ...(answers && { answers: true as const }),
    };
  }
  const provides = node.role === "resource" ? { provides: node.provides } : {};
  return { role: node.role, hasInput: false, ports: [], slots: [], output, summary, ...provides };
}

function describeNode({ node, schema }: Entry): NodeTypeData {
  const { type, version, role, family, icon, title, description, docs, initial, origin } = node;
  const step = node.role === "step" && {
    ...(node.streams !== undefined && { streams: node.streams }),
    ...(node.trigger && { trigger: node.trigger }),
  };
  const data = { type, version, role, family, icon, title, description, docs, config: schema, initial };
  return { ...data, ...step, ...(origin && { origin }) };
}
