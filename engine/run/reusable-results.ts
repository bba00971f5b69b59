import { ERROR_PORT, type Flow } from "../flow/schema.ts";
import type { JsonObject, JsonValue } from "../lib/json.ts";
import type { Catalog } from "../node/catalog.ts";
import type { GivenResult } from "./debug.ts";
import type { DurableEvent } from "./events.ts";
import { errorOutput, nullOutput } from "./null-output.ts";
import { StaleNodes } from "./stale-nodes.ts";
import { ownPath, roundsOf } from "./step-path.ts";

export interface ReuseSpec {
  /** The flow that was recorded, and as it is now. */
  before: Flow;
  after: Flow;
  events: readonly DurableEvent[];
  catalog: Catalog;
  /** Runs anew from this node on; left out: from what changed on. */
  from?: string;
  /** The flows that it runs, by name, that are not what they were: themselves, or in what they run. */
  changedFlows?: readonly string[];
  /** The whole of a large value by its digest; without it, large outputs can't be given. */
  value?(digest: string): JsonValue;
}

/**
 * What of a recorded run stands in a new one on the same input, by path: every step that neither changed nor comes behind a change. A
 * container in which nothing changed is given as a whole. In one whose inside changed, steps of a round stand where it is certain that the
 * round begins as it did.
 */
export function reusableResults(spec: ReuseSpec): Record<string, GivenResult> {
  return new Reuse(spec).results();
}

class Reuse {
  private readonly spec: ReuseSpec;
  private readonly nodes: StaleNodes;
  /** By path of a container's step: its rendered config. */
  private readonly inputs = new Map<string, JsonValue>();

  constructor(spec: ReuseSpec) {
    this.spec = spec;
    this.nodes = new StaleNodes(spec);
  }

  results(): Record<string, GivenResult> {
    const given: Record<string, GivenResult> = {};
    for (const event of this.spec.events) {
      // What comes then undoes steps or handles the failure.
      if (event.type === "run.recovering") break;
      if (event.type === "step.started" && event.input !== undefined) this.inputs.set(event.path, event.input);
      if (event.type !== "step.completed" && event.type !== "step.failed") continue;
      if (ownPath(event) !== event.path || !this.mayStand(event.node, event.path)) continue;
      const result = event.type === "step.completed" ? this.completed(event) : this.failed(event);
      if (result) given[event.path] = result;
    }
    return this.withoutInside(given);
  }

  private mayStand(key: string, path: string): boolean {
    const { after, catalog } = this.spec;
    const node = after.nodes[key];
    if (!node || node.disabled || this.nodes.stale.has(key) || !catalog.has(node.type)) return false;
    const shape = catalog.shape(node.type, node.config ?? {});
    if (!shape.hasInput || (shape.body && this.setsVariables(key))) return false;
    return roundsOf(path).every(({ container }) => this.beginsAlike(container));
  }

  /** Steps in it must be given one by one, as their variables would be missing otherwise. */
  private setsVariables(container: string): boolean {
    const { after, catalog } = this.spec;
    return this.nodes.within(container).some((key) => {
      const { type, config } = after.nodes[key]!;
      return catalog.has(type) && catalog.shape(type, config ?? {}).assigns === true;
    });
  }

  /** Whether every round of a container begins as it did. */
  private beginsAlike(path: string): boolean {
    const key = path.slice(path.lastIndexOf("/") + 1);
    if (this.nodes.started.has(key)) return false;
    return !this.nodes.stale.has(key) || !this.nodes.keepsOther(key) || this.namesRoundsAtOnce(key, path);
  }

  /** A container that asks for all its rounds before any of them ended can't make one depend on another. */
  private namesRoundsAtOnce(key: string, path: string): boolean {
    const { after, catalog } = this.spec;
    const definition = catalog.get(after.nodes[key]!.type);
    const config = this.inputs.get(path);
    if (definition.role !== "step" || !definition.process || config === undefined) return false;
    try {
      const first = definition.process({ config, bound: {}, input: null }).next(null);
      return (
        first.done !== true && first.value.kind === "all" && first.value.operations.every(({ kind }) => kind === "body")
      );
    } catch {
      return false;
    }
  }

  private completed({ output, port, large }: DurableEvent & { type: "step.completed" }): GivenResult | undefined {
    const whole = large?.["output"];
    if (!whole) return { output, port, from: "recorded" };
    return this.spec.value && { output: this.spec.value(whole.digest), port, from: "recorded" };
  }

  /** A failure that the flow went on from by the error port stands too. */
  private failed({ node, error, willRetryAt }: DurableEvent & { type: "step.failed" }): GivenResult | undefined {
    const { after, catalog } = this.spec;
    const isHandled = after.edges.some(({ from, port }) => from === node && port === ERROR_PORT);
    if (willRetryAt !== undefined || !isHandled) return undefined;
    const { type, config } = after.nodes[node]!;
    const empty = nullOutput(catalog.shape(type, config ?? {}).output);
    return { output: errorOutput(empty, { ...error } as JsonObject), port: ERROR_PORT, from: "recorded" };
  }

  /** What is inside a container that is given as a whole isn't asked for. */
  private withoutInside(given: Record<string, GivenResult>): Record<string, GivenResult> {
    const kept = Object.entries(given).filter(
      ([path]) => !roundsOf(path).some(({ container }) => Object.hasOwn(given, container)),
    );
    return Object.fromEntries(kept);
  }
}
