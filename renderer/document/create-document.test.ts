import { expect, it } from "vitest";
import { createDocument } from "./create-document.ts";
import type { FlowsClient } from "./flows-client.ts";

const TEXT = "heddle: 1\nname: Triage\nnodes:\n  start: { type: start }\n";

it("says by which name the flow goes when it asks what is wrong with it", async () => {
  const asked = Promise.withResolvers<object>();
  const flows = {
    read: async () => ({ name: "triage", title: "Triage", path: "/p/triage", revision: "1", problems: 0, text: TEXT }),
    analyze: (input: object) => {
      asked.resolve(input);
      return new Promise(() => undefined);
    },
    watch: () => new Promise(() => undefined),
  } as unknown as FlowsClient;
  const recovery = { keep: () => undefined, find: () => null, forget: () => undefined };
  const document = createDocument({ flows: () => flows, recovery, now: () => 0 });
  await document.getState().open("triage");
  expect(await asked.promise).toEqual({ text: TEXT, flow: "triage" });
  document.dispose();
});
