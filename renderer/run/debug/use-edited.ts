import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { readFlow } from "../../../engine/flow/index.ts";
import { useDocument } from "../../document/store.ts";
import { getRpc } from "../../rpc/index.ts";
import { useRun } from "../store.ts";
import { sameMeaning } from "./same-meaning.ts";

/** Whether the open flow does something else now than when the shown run of it began; false while that isn't known. */
export function useEditedSinceRun(asked: boolean): boolean {
  const name = useDocument((state) => state.name);
  const flow = useDocument((state) => state.flow);
  const editable = useDocument((state) => state.editable);
  const runId = useRun((state) => state.view?.runId);
  const ofThisFlow = useRun((state) => state.view !== null && state.view.flow === name);
  const text = useQuery({
    queryKey: ["runs.flowText", runId],
    enabled: asked && ofThisFlow && editable && runId !== undefined,
    queryFn: () => getRpc().runs.flowText({ runId: runId! }),
  }).data?.text;
  const before = useMemo(() => (text === undefined ? undefined : readFlow(text).flow), [text]);
  return useMemo(
    () => asked && ofThisFlow && editable && before !== undefined && !sameMeaning(before, flow),
    [asked, ofThisFlow, editable, before, flow],
  );
}
