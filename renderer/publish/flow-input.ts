import { useQuery } from "@tanstack/react-query";
import type { JsonSchema } from "../../engine/lib/json.ts";
import { getRpc } from "../rpc/index.ts";

/** The input schema of any flow of the project, from its file; undefined while it is being read or when it can't be. */
export function useFlowInput(flow: string): JsonSchema | undefined {
  const query = useQuery({
    queryKey: ["flow-input", flow],
    staleTime: 0,
    queryFn: async () => {
      const { text } = await getRpc().flows.read({ name: flow });
      return (await getRpc().flows.analyze({ text })).input;
    },
  });
  return query.data;
}
