import { create } from "zustand";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { getRpc, QUERY, refresh } from "../rpc/index.ts";
import { applyPublishEvent, breakOff, NOT_STARTED, type Progress } from "./progress.ts";

interface PublishState {
  /** The flow that the dialog is about. */
  flow: string | null;
  running: boolean;
  /** By flow: what this window saw of its last publish. */
  progress: Readonly<Record<string, Progress>>;
  /** Opens the dialog for another flow than the open one; null: for the open one. */
  choose(flow: string | null): void;
  publish(flow: string): Promise<void>;
}

/** Publishing goes on when its dialog is closed. */
export const usePublish = create<PublishState>((set, get) => {
  const change = (flow: string, how: (progress: Progress) => Progress) => {
    const { progress } = get();
    set({ progress: { ...progress, [flow]: how(progress[flow] ?? NOT_STARTED) } });
  };
  return {
    flow: null,
    running: false,
    progress: {},
    choose: (flow) => set({ flow }),
    publish: async (flow) => {
      set({ running: true });
      change(flow, () => NOT_STARTED);
      try {
        for await (const event of await getRpc().publish.start({ flow })) {
          change(flow, (progress) => applyPublishEvent(progress, event));
        }
      } catch (thrown) {
        change(flow, (progress) => breakOff(progress, HeddleError.from(thrown).toJSON()));
      } finally {
        set({ running: false });
        void refresh(QUERY.deployments);
      }
    },
  };
});
