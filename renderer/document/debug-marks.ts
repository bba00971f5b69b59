import { create } from "zustand";
import { persist } from "zustand/middleware";
import { browserStorage } from "./browser-storage.ts";
import type { JsonValue } from "../../engine/lib/json.ts";
import type { DebugOptions, GivenResult } from "../../engine/run/debug.ts";

/** A result that stands instead of running a step, as long as it is pinned. */
export interface Pin {
  output: JsonValue;
  port?: string;
}

/** What a developer marked in one flow: never part of its file. */
export interface FlowMarks {
  /** By node key. */
  pins: Readonly<Record<string, Pin>>;
  /** Keys of the nodes before which a run waits. */
  breakpoints: readonly string[];
}

interface DebugMarks {
  /** By the flow file's path. */
  flows: Readonly<Record<string, FlowMarks>>;
  pin(path: string, node: string, pin: Pin): void;
  unpin(path: string, node: string): void;
  toggleBreakpoint(path: string, node: string): void;
  /** The marks of a node go along when it gets another key. */
  rename(path: string, from: string, to: string): void;
}

const NONE: FlowMarks = { pins: {}, breakpoints: [] };

export const marksOf = (marks: Pick<DebugMarks, "flows">, path: string): FlowMarks => marks.flows[path] ?? NONE;

const without = <T>(object: Readonly<Record<string, T>>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));

/** Pinned results and breakpoints of every flow, kept in this browser. */
export const useDebugMarks = create<DebugMarks>()(
  persist(
    (set) => {
      const change = (path: string, edit: (marks: FlowMarks) => FlowMarks) =>
        set((state) => ({ flows: { ...state.flows, [path]: edit(marksOf(state, path)) } }));
      return {
        flows: {},
        pin: (path, node, pin) => change(path, (marks) => ({ ...marks, pins: { ...marks.pins, [node]: pin } })),
        unpin: (path, node) => change(path, (marks) => ({ ...marks, pins: without(marks.pins, node) })),
        toggleBreakpoint: (path, node) =>
          change(path, (marks) => ({
            ...marks,
            breakpoints: marks.breakpoints.includes(node)
              ? marks.breakpoints.filter((key) => key !== node)
              : [...marks.breakpoints, node],
          })),
        rename: (path, from, to) => change(path, (marks) => renamed(marks, from, to)),
      };
    },
    { name: "heddle.debug-marks", version: 1, storage: browserStorage },
  ),
);

function renamed(marks: FlowMarks, from: string, to: string): FlowMarks {
  return {
    pins: Object.fromEntries(Object.entries(marks.pins).map(([key, pin]) => [key === from ? to : key, pin])),
    breakpoints: marks.breakpoints.map((key) => (key === from ? to : key)),
  };
}

/** What `runs.start` is told of a flow's marks: those of nodes that it still has. `parents`: the containers around each node. */
export function debugFrom(
  marks: FlowMarks,
  flow: { nodes: Readonly<Record<string, unknown>>; parents: Readonly<Record<string, string>> },
): Pick<DebugOptions, "given" | "breakpoints"> {
  const pins = Object.entries(marks.pins).filter(([key]) => key in flow.nodes);
  return {
    given: Object.fromEntries(
      pins.map(([key, { output, port }]): [string, GivenResult] => [
        givenPath(key, flow.parents),
        { output, from: "pinned", ...(port !== undefined && { port }) },
      ]),
    ),
    breakpoints: marks.breakpoints.filter((key) => key in flow.nodes),
  };
}

/** Where a pinned node is in a run: `charge`, or `each_order[*]/charge` for every round of the container that it is in. */
export function givenPath(key: string, parents: Readonly<Record<string, string>>): string {
  const parent = parents[key];
  return parent === undefined ? key : `${givenPath(parent, parents)}[*]/${key}`;
}
