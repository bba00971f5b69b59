import { unionOf } from "../expr/index.ts";
import type { JsonSchema } from "../lib/json.ts";
import type { BitSet } from "./bit-set.ts";
import { exclusiveNodes } from "./exclusive.ts";
import type { FlowGraph } from "./graph.ts";
import type { NodeShape } from "./node-types.ts";
import { problem, type Problem } from "./problem.ts";
import { seenFrom, type Reach } from "./reach.ts";
import type { Flow } from "./schema.ts";

/** The root that variables are read by: `{{ vars.name }}`. */
export const VARIABLES = "vars";

/** The variables of a flow: who sets them, in which order that is, and what they hold. */
export class Variables {
  /** By variable, the nodes that set it. */
  readonly writers = new Map<string, number[]>();
  private readonly graph: FlowGraph;
  private readonly reach: Reach;
  private readonly shapes: ReadonlyMap<string, NodeShape>;
  private exclusive: ((a: number, b: number) => boolean) | undefined;

  constructor(
    flow: Flow,
    graph: FlowGraph,
    { reach, shapes }: { reach: Reach; shapes: ReadonlyMap<string, NodeShape> },
  ) {
    this.graph = graph;
    this.reach = reach;
    this.shapes = shapes;
    graph.keys.forEach((key, node) => {
      const shape = shapes.get(key)!;
      if (!shape.assigns || flow.nodes[key]!.disabled) return;
      for (const name of Object.keys(shape.output.properties ?? {})) {
        const known = this.writers.get(name);
        if (known) known.push(node);
        else this.writers.set(name, [node]);
      }
    });
  }

  /** What `{{ vars }}` holds where these results are sure: variables that one of them sets are there, others may be missing. */
  schema(certain: BitSet): JsonSchema {
    const properties: Record<string, JsonSchema> = {};
    const required: string[] = [];
    for (const [name, writers] of this.writers) {
      properties[name] = joined(writers.map((writer) => this.given(writer, name)));
      if (writers.some((writer) => certain.has(writer))) required.push(name);
    }
    // A variable that nobody sets is told by `checkVariable`, in its own words.
    return { type: "object", properties, required, additionalProperties: true };
  }

  private given(writer: number, name: string): JsonSchema {
    return this.shapes.get(this.graph.keys[writer]!)!.output.properties?.[name] ?? {};
  }

  /** A node that sets the variable perhaps before, perhaps after another one reads it. */
  unorderedWriter(name: string, reader: number): number | undefined {
    return this.writers.get(name)?.find((writer) => writer !== reader && this.mayCoincide(writer, reader));
  }

  /** What is wrong with how variables are set: by several at once. */
  problems(): Problem[] {
    return [...this.writers].flatMap(([name, writers]) => [
      ...writers.flatMap((writer) => this.parallelRounds(name, writer)),
      ...this.conflicts(name, writers),
    ]);
  }

  private conflicts(name: string, writers: readonly number[]): Problem[] {
    return writers.flatMap((writer, index) => {
      const other = writers.slice(0, index).find((earlier) => this.mayCoincide(earlier, writer));
      if (other === undefined) return [];
      const [node, before] = [this.graph.keys[writer]!, this.graph.keys[other]!];
      return [problem("flow.variable-conflict", "error", { name, node, other: before }, { node })];
    });
  }

  private parallelRounds(name: string, writer: number): Problem[] {
    for (let at = this.graph.parents[writer]!; at !== -1; at = this.graph.parents[at]!) {
      const container = this.graph.keys[at]!;
      if (!this.shapes.get(container)?.body?.parallel) continue;
      const node = this.graph.keys[writer]!;
      return [problem("flow.variable-parallel", "error", { name, node, container }, { node })];
    }
    return [];
  }

  /** Whether two steps may run at the same time: neither leads to the other, and no choice keeps one of them from running. */
  private mayCoincide(a: number, b: number): boolean {
    const { parts, ancestors } = this.reach;
    const [one, other] = this.onOneLevel(a, b);
    if (one === other) return false;
    for (const part of [parts.undoing, parts.handling]) if (part.has(one) !== part.has(other)) return false;
    if (ancestors[one]!.has(other) || ancestors[other]!.has(one)) return false;
    this.exclusive ??= exclusiveNodes(this.graph, parts);
    return !this.exclusive(a, b);
  }

  /** Two nodes as the innermost level sees them that holds both. */
  private onOneLevel(a: number, b: number): [number, number] {
    for (let level = this.graph.parents[a]!; ; level = this.graph.parents[level]!) {
      const [one, other] = [seenFrom(this.graph, a, level), seenFrom(this.graph, b, level)];
      if (one !== undefined && other !== undefined) return [one, other];
      if (level === -1) return [a, b];
    }
  }
}

/** What a variable holds that several steps set. Another round or branch may give other words of the same kind. */
function joined(schemas: readonly JsonSchema[]): JsonSchema {
  const kinds = schemas.map(widened);
  return kinds.some((schema) => Object.keys(schema).length === 0) ? {} : unionOf(kinds);
}

function widened(schema: JsonSchema): JsonSchema {
  const { const: only, ...rest } = schema;
  if (only === undefined || only === null) return schema;
  return ["string", "number", "boolean"].includes(typeof only) ? { ...rest, type: typeof only } : {};
}
