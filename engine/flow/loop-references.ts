import { emptyLiteral, parseExpression, parseTemplate, references, type Reference } from "../expr/index.ts";
import type { FlowCommand } from "./commands.ts";
import type { FlowGraph } from "./graph.ts";
import type { FieldSite, NodeShape, NodeTypes } from "./node-types.ts";
import { schemaAt } from "./output-path.ts";
import type { Reach } from "./reach.ts";
import type { Flow } from "./schema.ts";

/** A flow in which steps were put into a loop, but in which references still say what they said before. */
interface MadeLoop {
  flow: Flow;
  graph: FlowGraph;
  shapes: ReadonlyMap<string, NodeShape>;
  reach: Reach;
  types: NodeTypes;
  loop: string;
  members: ReadonlySet<string>;
  /** The name of the loop's state, for its steps and in what it gives. */
  state: string;
}

/** Finds what was read over the edges that closed a circle, and from outside of it: now the loop's state holds it. */
export class LoopReferences {
  /** The steps whose results the state has to hold. */
  readonly kept = new Set<string>();
  private readonly made: MadeLoop;
  private readonly at: number;

  constructor(made: MadeLoop) {
    this.made = made;
    this.at = made.graph.indexOf.get(made.loop)!;
  }

  /** Whether a step of the loop has run at the end of every round. */
  isSure(step: string): boolean {
    const { graph, reach } = this.made;
    return reach.roundEnds.get(this.at)!.certain.has(graph.indexOf.get(step)!);
  }

  /** The expression for what the next round reads of a step. One that wasn't run keeps what it gave before. */
  handedOn(step: string): string {
    return this.isSure(step) ? step : `default(${step}, ${this.made.state}.${step})`;
  }

  rewrite(): FlowCommand[] {
    const { flow, graph, types } = this.made;
    return graph.keys.flatMap((key, node) => {
      const { type, config } = flow.nodes[key]!;
      if (!types.has(type)) return [];
      return types.sites(type, config ?? {}).flatMap((site): FlowCommand[] => {
        const value = this.rewritten(site, node);
        return value === site.value ? [] : [{ do: "node.configure", key, path: ["config", ...site.keys], value }];
      });
    });
  }

  private rewritten(site: FieldSite, node: number): string {
    if (site.kind !== "template" && site.kind !== "expression") return site.value;
    const parsed = site.kind === "expression" ? parseExpression(site.value) : parseTemplate(site.value);
    let text = site.value;
    for (const reference of references(parsed).toReversed()) {
      if (!this.made.members.has(reference.root)) continue;
      const { start, rootEnd, end } = reference;
      const instead = this.instead(reference, { node, within: site.within, rest: site.value.slice(rootEnd, end) });
      if (instead !== undefined) text = text.slice(0, start) + instead + text.slice(end);
    }
    return text;
  }

  /** What a reference to a step of the loop has to say; undefined where it can stay. */
  private instead(
    { root, path, guarded }: Reference,
    { node, within, rest }: { node: number; within: FieldSite["within"]; rest: string },
  ): string | undefined {
    const { graph, reach, shapes, loop, state } = this.made;
    const visible = (within === "body" ? reach.roundEnds.get(node)?.visible : undefined) ?? reach.visible[node]!;
    if (visible.has(graph.indexOf.get(root)!)) return undefined;
    const around = this.containersOf(node);
    if (!around.includes(this.at)) {
      if (!visible.has(this.at)) return undefined;
      if (path[0] === "error") return `${loop}${rest}`;
      this.kept.add(root);
      return `${loop}.${state}.${root}${rest}`;
    }
    if (around.some((inner) => graph.keys[inner] === root) || this.isShadowed(node, within)) return undefined;
    this.kept.add(root);
    const value = `${state}.${root}${rest}`;
    return guarded ? value : `default(${value}, ${emptyLiteral(schemaAt(shapes.get(root)!.output, path))})`;
  }

  /** The containers that a node is in, the innermost first. */
  private containersOf(node: number): number[] {
    const { parents } = this.made.graph;
    const around: number[] = [];
    for (let at = parents[node]!; at !== -1; at = parents[at]!) around.push(at);
    return around;
  }

  /** Whether a container in the loop gives the name of the state to something else. */
  private isShadowed(node: number, within: FieldSite["within"]): boolean {
    const { graph, shapes, state } = this.made;
    const around = within ? [node, ...this.containersOf(node)] : this.containersOf(node);
    const inner = around.slice(0, around.indexOf(this.at));
    return inner.some((at) => Object.hasOwn(shapes.get(graph.keys[at]!)?.body?.locals ?? {}, state));
  }
}
