import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { connectMessagePort } from "../../engine/rpc/client/index.ts";
import { serveMessagePort } from "../../engine/rpc/server/index.ts";
import { heddleHome } from "../../engine/store/home/home.ts";
import { temporaryFolder } from "../../engine/store/temporary-folder.ts";
import { createDocument } from "../../renderer/document/create-document.ts";
import { storageRecovery } from "../../renderer/document/recovery.ts";
import type { DocumentState } from "../../renderer/document/state.ts";
import { createHost } from "./create-host.ts";

const TRIAGE = `heddle: 1
name: Triage # sorts
nodes:
  start: { type: start } # begins
  sort: { type: template, title: Sort, config: { text: "{{ start.message }}" } }
edges:
  - start -> sort
layout:
  start: [0, 0]
`;

/** Storage that outlives a document, as the browser's outlives a crash of the page. */
function memoryStorage() {
  const entries = new Map<string, string>();
  return {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
    removeItem: (key: string) => void entries.delete(key),
  };
}

/** The studio's document on a real host with a real project folder, joined by a real MessagePort. */
async function studio() {
  const project = await temporaryFolder();
  const host = await createHost({ home: heddleHome(await temporaryFolder()), projectPath: project });
  onTestFinished(() => host.close());
  const file = join(project, "flows", "triage.flow.yaml");
  await writeFile(file, TRIAGE);
  const storage = memoryStorage();
  const connect = () => {
    const { port1, port2 } = new MessageChannel();
    serveMessagePort(host.router, port1);
    onTestFinished(() => port1.close());
    return connectMessagePort(port2);
  };
  const openDocument = async (delays: { saveDelay?: number } = {}) => {
    const client = connect();
    let now = 0;
    const document = createDocument({
      flows: () => client.flows,
      recovery: storageRecovery(() => storage),
      now: () => (now += 10_000),
      saveDelay: 5,
      analyzeDelay: 5,
      retryDelay: 20,
      ...delays,
    });
    onTestFinished(() => document.dispose());
    await document.getState().open("triage");
    return document;
  };
  return { file, openDocument, onDisk: () => readFile(file, "utf8") };
}

type Document = Awaited<ReturnType<Awaited<ReturnType<typeof studio>>["openDocument"]>>;

/** Waits until the document is as wanted. */
function until(document: Document, wanted: (state: DocumentState) => boolean): Promise<void> {
  if (wanted(document.getState())) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = document.subscribe((state) => {
      if (!wanted(state)) return;
      stop();
      resolve();
    });
  });
}

const rename = (title: string) => ({ do: "node.configure" as const, key: "sort", path: ["title"], value: title });
const saved = ({ savedState }: DocumentState) => savedState === "saved";

describe("the open document", () => {
  it("writes an edit into the text it belongs to, and undo brings every byte back", async () => {
    const { openDocument, onDisk } = await studio();
    const document = await openDocument();
    document.getState().apply(rename("Sorting"));
    await until(document, saved);
    expect(await onDisk()).toBe(TRIAGE.replace("title: Sort,", "title: Sorting,"));
    document.getState().apply({ do: "node.remove", key: "sort" });
    document.getState().undo();
    document.getState().undo();
    await document.getState().flush();
    expect(await onDisk()).toBe(TRIAGE);
    expect(document.getState().redoLabel).toEqual({ key: "configure", name: "Sort" });
    document.getState().redo();
    expect(document.getState().flow.nodes["sort"]?.title).toBe("Sorting");
  });

  it("learns from the host what the flow means", async () => {
    const { openDocument } = await studio();
    const document = await openDocument();
    await until(document, ({ analysis }) => analysis !== null);
    expect(document.getState().analysis?.nodes["sort"]?.uses).toEqual(["start"]);
  });

  it("keeps the last good flow while the text doesn't parse, and takes no drawing then", async () => {
    const { openDocument, onDisk } = await studio();
    const document = await openDocument();
    const broken = TRIAGE.replace("nodes:", "nodes: [");
    document.getState().replaceText(broken);
    expect(document.getState()).toMatchObject({ broken: true, editable: false });
    expect(Object.keys(document.getState().flow.nodes)).toEqual(["start", "sort"]);
    document.getState().apply(rename("Lost"));
    await document.getState().flush();
    expect(await onDisk()).toBe(broken);
    document.getState().replaceText(TRIAGE);
    expect(document.getState()).toMatchObject({ broken: false, editable: true });
  });

  it("takes over a change on disk when nothing is unsaved, as an edit that can be undone", async () => {
    const { file, openDocument } = await studio();
    const document = await openDocument();
    await until(document, ({ analysis }) => analysis !== null);
    await writeFile(file, TRIAGE.replace("title: Sort", "title: From Git"));
    await until(document, ({ flow }) => flow.nodes["sort"]?.title === "From Git");
    document.getState().undo();
    expect(document.getState().flow.nodes["sort"]?.title).toBe("Sort");
  });

  it.each([
    ["mine", "Mine"],
    ["theirs", "Theirs"],
    ["both", "Theirs"],
  ] as const)("asks when both changed: keeping %s", async (choice, title) => {
    const { file, openDocument, onDisk } = await studio();
    const document = await openDocument({ saveDelay: 60_000 });
    document.getState().apply(rename("Mine"));
    await writeFile(file, TRIAGE.replace("title: Sort", "title: Theirs"));
    await document.getState().flush();
    await until(document, ({ conflict }) => conflict !== null);
    expect(document.getState().savedState).toBe("conflict");
    await document.getState().resolveConflict(choice);
    await until(document, saved);
    expect(document.getState().flow.nodes["sort"]?.title).toBe(title);
    expect(await onDisk()).toContain(`title: ${title}`);
  });

  it("writes a removed file again when asked to", async () => {
    const { file, openDocument, onDisk } = await studio();
    const document = await openDocument({ saveDelay: 60_000 });
    document.getState().apply(rename("Still here"));
    await rm(file);
    await document.getState().flush();
    await until(document, ({ conflict }) => conflict !== null);
    expect(document.getState().conflict?.text).toBeNull();
    await document.getState().resolveConflict("mine");
    await until(document, saved);
    expect(await onDisk()).toContain("title: Still here");
  });

  it("brings unsaved edits back after a crash, and asks first when the file changed meanwhile", async () => {
    const { file, openDocument } = await studio();
    const crashed = await openDocument({ saveDelay: 60_000 });
    crashed.getState().apply(rename("Unsaved"));
    crashed.dispose();
    const again = await openDocument({ saveDelay: 60_000 });
    expect(again.getState().flow.nodes["sort"]?.title).toBe("Unsaved");
    expect(again.getState().undoLabel).toEqual({ key: "recovered" });
    again.dispose();
    await writeFile(file, TRIAGE.replace("title: Sort", "title: Elsewhere"));
    const third = await openDocument({ saveDelay: 60_000 });
    expect(third.getState().conflict?.text).toContain("Elsewhere");
    expect(third.getState().flow.nodes["sort"]?.title).toBe("Unsaved");
  });

  it("never writes a newer version's file", async () => {
    const { file, openDocument, onDisk } = await studio();
    const newer = TRIAGE.replace("heddle: 1", "heddle: 2");
    await writeFile(file, newer);
    const document = await openDocument();
    expect(document.getState()).toMatchObject({ savedState: "read-only", editable: false });
    document.getState().apply(rename("No"));
    document.getState().replaceText("heddle: 1\nname: No\n");
    await document.getState().flush();
    expect(await onDisk()).toBe(newer);
  });
});
