import { useStoreApi, useUpdateNodeInternals } from "@xyflow/react";
import { useEffect } from "react";

/**
 * Ports stand elsewhere on a card that is seen from afar, which is as large as the whole one, and size is what React Flow watches: it is
 * told to look where wires end when one comes near or goes away.
 */
export function useMeasuredWires(near: boolean): void {
  const store = useStoreApi();
  const measure = useUpdateNodeInternals();
  useEffect(() => {
    const drawn = store.getState().domNode?.querySelectorAll<HTMLElement>(".react-flow__node") ?? [];
    measure([...drawn].flatMap(({ dataset }) => dataset["id"] ?? []));
  }, [near, measure, store]);
}
