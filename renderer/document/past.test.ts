import { expect, it } from "vitest";
import { createDocument } from "./create-document.ts";
import type { FlowsClient } from "./flows-client.ts";

const file = (text: string) => ({
  name: "triage",
  title: "Triage",
  path: "/p/triage",
  revision: "1",
  problems: 0,
  text,
});
const NOW = "heddle: 1\nname: Triage\nnodes:\n  start: { type: start }\n  answer: { type: answer }\n";
const THEN = "heddle: 1\nname: Triage\nnodes:\n  start: { type: start }\n";

function open() {
  const written: string[] = [];
  const flows = {
    read: async () => file(NOW),
    write: async ({ text }: { text: string }) => {
      written.push(text);
      return { revision: "2" };
    },
    analyze: () => new Promise(() => undefined),
    watch: () => new Promise(() => undefined),
  } as unknown as FlowsClient;
  const recovery = { keep: () => undefined, find: () => null, forget: () => undefined };
  const document = createDocument({ flows: () => flows, recovery, now: () => 0 });
  return { document, written, state: document.getState };
}

it("shows a flow of the past without ever writing it", async () => {
  const { document, written, state } = open();
  await state().open("triage");
  await state().showPast({ name: "triage", text: THEN, path: "past:r1" });
  expect(Object.keys(state().flow.nodes)).toEqual(["start"]);
  expect(state()).toMatchObject({ past: true, editable: false, path: "past:r1" });
  state().apply({ do: "node.remove", key: "start" });
  state().replaceText("heddle: 1\nname: Other\n");
  await state().flush();
  expect(written).toEqual([]);
  expect(Object.keys(state().flow.nodes)).toEqual(["start"]);
  await state().open("triage");
  expect(state()).toMatchObject({ past: false, editable: true });
  expect(Object.keys(state().flow.nodes)).toEqual(["start", "answer"]);
  document.dispose();
});
