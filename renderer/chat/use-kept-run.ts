import { useEffect } from "react";
import { useRun } from "../run/index.ts";
import { useChat } from "./store.ts";

/** Takes the shown run into the conversation that it belongs to, as it grows. */
export function useKeptRun(place: string): void {
  const view = useRun((state) => state.view);
  const keepRun = useChat((state) => state.keepRun);
  useEffect(() => {
    if (view) keepRun(place, view);
  }, [place, view, keepRun]);
}
