import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { NodeAnalysis } from "../../engine/flow/index.ts";
import type { NodeType } from "../../engine/rpc/contract.ts";
import { getRpc, QUERY, queryClient, useNodeTypes } from "../rpc/index.ts";

export type Shapes = Readonly<Record<string, NodeAnalysis>>;

const NONE: Shapes = {};
const sampleKey = (index: number): string => `n${index}`;

/** A flow that holds one unconnected node of each type, as JSON, which is YAML. */
function oneOfEach(list: readonly NodeType[]): string {
  const nodes = Object.fromEntries(list.map(({ type, initial }, i) => [sampleKey(i), { type, config: initial }]));
  return JSON.stringify({ heddle: 1, name: "catalog", nodes });
}

/** What a node of each type looks like with the settings that it starts with: ports, slots, what it provides. Empty until known. */
export function useShapes(): Shapes {
  const types = useNodeTypes();
  const text = useMemo(() => oneOfEach(types), [types]);
  const query = useQuery({
    queryKey: ["catalog.shapes", text],
    enabled: types.length > 0,
    queryFn: async (): Promise<Shapes> => {
      const { nodes } = await getRpc().flows.analyze({ text });
      return Object.fromEntries(
        types.flatMap(({ type }, i) => (nodes[sampleKey(i)] ? [[type, nodes[sampleKey(i)]!]] : [])),
      );
    },
  });
  return query.data ?? NONE;
}

/** A type and what a node of it looks like, as known now; for handlers outside of rendering. */
export function knownType(name: string): { type: NodeType; shape: NodeAnalysis } | undefined {
  const type = queryClient.getQueryData<NodeType[]>(QUERY.catalog)?.find((candidate) => candidate.type === name);
  const shape = knownShapes()[name];
  return type && shape && { type, shape };
}

/** What a node of each type looks like, as known now; for handlers outside of rendering. */
export const knownShapes = (): Shapes =>
  queryClient.getQueriesData<Shapes>({ queryKey: ["catalog.shapes"] }).at(-1)?.[1] ?? NONE;
