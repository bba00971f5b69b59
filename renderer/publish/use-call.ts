import { useCallback, useEffect, useRef, useState } from "react";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonObject } from "../../engine/lib/json.ts";
import type { RunEvent } from "../../engine/run/events.ts";
import { applyEvent, emptyRunView, type RunView } from "../../engine/run/view.ts";
import { getRpc } from "../rpc/index.ts";

export interface FlowCall {
  view: RunView | null;
  busy: boolean;
  error: HeddleError | null;
  send(input: JsonObject): void;
  stop(): void;
}

/** Calls a published flow over HTTP and folds what streams back. Ends with the component. */
export function useCall(flow: string): FlowCall {
  const [view, setView] = useState<RunView | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<HeddleError | null>(null);
  const call = useRef<AbortController>(undefined);
  const stop = useCallback(() => call.current?.abort(), []);
  useEffect(() => stop, [stop]);

  const follow = async (input: JsonObject, signal: AbortSignal) => {
    try {
      const take = (event: RunEvent) => setView((now) => applyEvent(now ?? emptyRunView(event.runId), event));
      for await (const event of await getRpc().publish.call({ flow, input }, { signal })) take(event);
    } catch (thrown) {
      if (!signal.aborted) setError(HeddleError.from(thrown));
    } finally {
      if (call.current?.signal === signal) setBusy(false);
    }
  };
  const send = (input: JsonObject) => {
    stop();
    call.current = new AbortController();
    setBusy(true);
    setError(null);
    setView(null);
    void follow(input, call.current.signal);
  };
  return { view, busy, error, send, stop };
}
