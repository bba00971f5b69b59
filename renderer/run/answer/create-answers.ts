import { createStore, type StoreApi } from "zustand/vanilla";
import { HeddleError } from "../../../engine/lib/errors/error.ts";
import type { JsonValue } from "../../../engine/lib/json.ts";
import type { HostClient } from "../../../engine/rpc/client/index.ts";
import type { Draft } from "../form/schema-fields.ts";

/** Which wait of which run. */
export interface WaitPlace {
  runId: string;
  path: string;
}

/** What somebody typed for a task and hasn't sent yet. */
export interface TaskDraft {
  values?: Draft;
  comment: string;
}

export interface Answers {
  /** By `placeId`. Kept when another task is looked at, and when an answer is refused. */
  drafts: Readonly<Record<string, TaskDraft>>;
  /** The choice on its way to the host. */
  sending: Readonly<Record<string, string>>;
  /** Why the last answer wasn't taken. */
  refused: Readonly<Record<string, HeddleError>>;
  edit(place: WaitPlace, draft: TaskDraft): void;
  /** Sends an answer; true when it was taken. `mark` names the button that was pressed. */
  send(place: WaitPlace, value: JsonValue, mark: string): Promise<boolean>;
}

export const placeId = ({ runId, path }: WaitPlace): string => `${runId} ${path}`;

export const NO_DRAFT: TaskDraft = { comment: "" };

/** What is typed for tasks, and the way of their answers to the host. */
export function createAnswers(answer: () => Pick<HostClient["runs"], "answer">): StoreApi<Answers> {
  return createStore<Answers>((set, get) => ({
    drafts: {},
    sending: {},
    refused: {},
    edit: (place, draft) => set({ drafts: { ...get().drafts, [placeId(place)]: draft } }),
    send: async (place, value, mark) => {
      const id = placeId(place);
      if (id in get().sending) return false;
      set({ sending: { ...get().sending, [id]: mark }, refused: without(get().refused, id) });
      try {
        await answer().answer({ ...place, value });
        set({ drafts: without(get().drafts, id) });
        return true;
      } catch (thrown) {
        set({ refused: { ...get().refused, [id]: HeddleError.from(thrown) } });
        return false;
      } finally {
        set({ sending: without(get().sending, id) });
      }
    },
  }));
}

function without<Value>(record: Readonly<Record<string, Value>>, id: string): Readonly<Record<string, Value>> {
  const { [id]: _gone, ...others } = record;
  return others;
}
