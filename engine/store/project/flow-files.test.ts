import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";
import { createFlowFiles } from "./flow-files.ts";
import { checkFlowName, flowNameOf, newFlowName } from "./flow-name.ts";
import { watchFlows, type FlowChange } from "./flow-watch.ts";

const isNewer = (text: string) => text.startsWith("heddle: 2");

async function project() {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "flows"));
  const put = (file: string, text: string) => writeFile(join(folder, "flows", file), text);
  const get = (file: string) => readFile(join(folder, "flows", file), "utf8");
  return { folder, put, get, files: createFlowFiles(folder, isNewer) };
}

describe("flow files", () => {
  it("lists YAML and JSON flows by name and nothing else", async () => {
    const { put, files } = await project();
    await put("b.flow.yaml", "b");
    await put("a.flow.json", "{}");
    await put("notes.txt", "no");
    await put(".hidden.flow.yaml.tmp", "no");
    expect((await files.list()).map((flow) => flow.name)).toEqual(["a", "b"]);
  });

  it("lists nothing in a folder without flows", async () => {
    expect(await createFlowFiles(await temporaryFolder(), isNewer).list()).toEqual([]);
  });

  it("writes a file that is still what the editor started from, and leaves nothing beside it", async () => {
    const { folder, put, get, files } = await project();
    await put("a.flow.yaml", "one");
    const { revision } = await files.read("a");
    const next = await files.write("a", "two", revision);
    expect(await get("a.flow.yaml")).toBe("two");
    expect((await files.read("a")).revision).toBe(next);
    expect(await readdir(join(folder, "flows"))).toEqual(["a.flow.yaml"]);
  });

  it("refuses to overwrite what another program wrote meanwhile", async () => {
    const { put, get, files } = await project();
    await put("a.flow.yaml", "one");
    const { revision } = await files.read("a");
    await put("a.flow.yaml", "theirs");
    await expect(files.write("a", "ours", revision)).rejects.toMatchObject({ code: "flow.conflict" });
    expect(await get("a.flow.yaml")).toBe("theirs");
  });

  it("lets only one of two writes from the same revision through", async () => {
    const { put, files } = await project();
    await put("a.flow.yaml", "one");
    const { revision } = await files.read("a");
    const results = await Promise.allSettled([files.write("a", "x", revision), files.write("a", "y", revision)]);
    expect(results.map((result) => result.status)).toEqual(["fulfilled", "rejected"]);
    expect((await files.read("a")).text).toBe("x");
  });

  it("treats a deleted file as a conflict and writes it again only from nothing", async () => {
    const { put, files } = await project();
    await put("a.flow.yaml", "one");
    const { revision } = await files.read("a");
    await files.remove("a");
    await expect(files.write("a", "two", revision)).rejects.toMatchObject({ code: "flow.conflict" });
    await files.write("a", "two", "");
    expect((await files.read("a")).text).toBe("two");
  });

  it("never overwrites a newer version, nor writes one it could not read again", async () => {
    const { put, get, files } = await project();
    await put("a.flow.yaml", "heddle: 2\nfuture: yes\n");
    const { revision } = await files.read("a");
    await expect(files.write("a", "heddle: 1\n", revision)).rejects.toMatchObject({ code: "flow.newer-on-disk" });
    expect(await get("a.flow.yaml")).toBe("heddle: 2\nfuture: yes\n");
    await expect(files.write("b", "heddle: 2\n", "")).rejects.toMatchObject({ code: "flow.newer-on-disk" });
  });

  it("writes a JSON flow back to its JSON file", async () => {
    const { put, get, files } = await project();
    await put("a.flow.json", "{}");
    await files.write("a", '{"heddle":1}', (await files.read("a")).revision);
    expect(await get("a.flow.json")).toBe('{"heddle":1}');
  });

  it("gives new flows a free name made from the title", async () => {
    const { files } = await project();
    expect((await files.create("Bug triage!", "1")).name).toBe("bug-triage");
    expect((await files.create("Bug Triage", "2")).name).toBe("bug-triage-2");
    expect((await files.create("工单分拣", "3")).name).toBe("flow");
  });

  it("never leaves the flows folder, whatever the name", async () => {
    const { folder, files } = await project();
    await writeFile(join(folder, "secret.flow.yaml"), "private");
    for (const name of ["../secret", "..\\secret", "/etc/passwd", "", ".", "..", "a/b", "a\0b", " a", "C:x"]) {
      await expect(files.read(name), name).rejects.toMatchObject({ code: "flow.name" });
      await expect(files.write(name, "x", ""), name).rejects.toMatchObject({ code: "flow.name" });
    }
  });

  it("accepts a name exactly when a file of that name is found again", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40, unit: "grapheme" }), (name) => {
        const accepted = (() => {
          try {
            return checkFlowName(name) === name;
          } catch {
            return false;
          }
        })();
        expect(flowNameOf(`${name}.flow.yaml`) === name).toBe(accepted);
      }),
    );
  });

  it("makes names that pass its own check", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme" }), (title) => void checkFlowName(newFlowName(title, []))));
  });

  it("reads through a link without following it out on write", async () => {
    const { folder, get, files } = await project();
    const outside = join(folder, "outside.yaml");
    await writeFile(outside, "outside");
    await symlink(outside, join(folder, "flows", "a.flow.yaml"));
    await files.write("a", "mine", (await files.read("a")).revision);
    expect(await get("a.flow.yaml")).toBe("mine");
    expect(await readFile(outside, "utf8")).toBe("outside");
  });
});

describe("watching flows", () => {
  it("tells what others change, add and delete, and not what we expect ourselves", async () => {
    const { folder, put, files } = await project();
    await put("a.flow.yaml", "one");
    const watch = await watchFlows(folder, files);
    const changes: FlowChange[] = [];
    let arrived = Promise.withResolvers<void>();
    const unsubscribe = watch.subscribe((change) => {
      changes.push(change);
      arrived.resolve();
    });
    const next = async () => {
      await arrived.promise;
      arrived = Promise.withResolvers<void>();
      return changes.pop();
    };

    const revision = await files.write("a", "ours", (await files.read("a")).revision);
    watch.expect({ name: "a", revision });
    await put("a.flow.yaml", "theirs");
    expect(await next()).toEqual({ name: "a", revision: (await files.read("a")).revision });
    await put("b.flow.yaml", "new");
    expect(await next()).toMatchObject({ name: "b" });
    await files.remove("b");
    expect(await next()).toEqual({ name: "b", revision: null });
    expect(changes).toEqual([]);
    unsubscribe();
    watch.close();
  });
});
