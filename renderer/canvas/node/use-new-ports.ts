import { useUpdateNodeInternals } from "@xyflow/react";
import { useEffect } from "react";
import type { NodeAnalysis } from "../../../engine/flow/index.ts";

/** Ports that come with the analysis leave the card's size as it is, and size is what React Flow watches: it is told to look for them. */
export function useNewPorts(id: string, shape: NodeAnalysis | undefined): void {
  const measure = useUpdateNodeInternals();
  const ports = shape ? JSON.stringify([shape.role, shape.hasInput, shape.ports, shape.slots]) : undefined;
  useEffect(() => {
    if (ports !== undefined) measure(id);
  }, [measure, id, ports]);
}
