import { mkdir, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";
import { lockProject } from "./lock.ts";
import { readManifest, setModelRole } from "./manifest.ts";
import { createMcpFile } from "./mcp-file.ts";
import { copySample, createProject, existingFolder, folderPath, isFree } from "./project-folder.ts";

describe("a new project", () => {
  it("has a manifest, flows, mcp.json and ignores its databases", async () => {
    const folder = await createProject(join(await temporaryFolder(), "my-desk"));
    expect(await readManifest(folder, "x")).toEqual({ name: "my-desk", models: { default: "demo" } });
    expect(await readFile(join(folder, ".gitignore"), "utf8")).toBe(".heddle/\n");
    expect(await createMcpFile(folder).servers()).toEqual({});
  });

  it("leaves the files that are there alone and adds to .gitignore once", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, ".gitignore"), "node_modules");
    await writeFile(join(folder, "mcp.json"), '{"mcpServers":{"a":{"command":"x"}}}');
    await createProject(folder, "Desk");
    expect(await readFile(join(folder, ".gitignore"), "utf8")).toBe("node_modules\n.heddle/\n");
    expect(Object.keys(await createMcpFile(folder).servers())).toEqual(["a"]);
  });

  it("is refused where one exists", async () => {
    const folder = await createProject(await temporaryFolder(), "Desk");
    await expect(createProject(folder, "Again")).rejects.toMatchObject({ code: "project.not-empty" });
    await expect(copySample(folder, folder)).rejects.toMatchObject({ code: "project.not-empty" });
  });

  it("is a copy of a sample without its databases", async () => {
    const sample = await createProject(await temporaryFolder(), "Sample");
    await mkdir(join(sample, ".heddle"));
    await writeFile(join(sample, ".heddle", "runs.sqlite"), "x");
    const copy = await copySample(sample, join(await temporaryFolder(), "copy"));
    expect((await readManifest(copy, "x")).name).toBe("Sample");
    expect(await isFree(join(copy, ".heddle"))).toBe(true);
  });
});

describe("opening a folder", () => {
  it("takes paths as people type them", () => {
    expect(folderPath(" ~/desk/ ")).toBe(join(homedir(), "desk"));
    expect(folderPath("~")).toBe(homedir());
    expect(folderPath("/tmp/~x")).toBe("/tmp/~x");
  });

  it("says which folder is missing", async () => {
    await expect(existingFolder("/nowhere/at/all")).rejects.toMatchObject({ code: "project.missing" });
  });

  it("works without a manifest and says so", async () => {
    const manifest = await readManifest(await temporaryFolder(), "desk");
    expect(manifest).toMatchObject({ name: "desk", models: { default: "demo" } });
    expect(manifest.problem?.code).toBe("project.no-manifest");
  });

  it.each([
    ["a syntax error", "heddle: 1\nname: [oops\n"],
    ["a wrong type", "heddle: 1\nname: Desk\nmodels: 7\n"],
    ["a newer version", "heddle: 2\nname: Desk\n"],
    ["no mapping", "just text"],
  ])("works with a manifest with %s, says so and never overwrites it", async (_what, text) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "heddle.yaml"), text);
    const manifest = await readManifest(folder, "desk");
    expect(manifest).toMatchObject({ name: "desk", models: { default: "demo" } });
    expect(manifest.problem?.code).toBe("project.manifest-invalid");
    await expect(setModelRole(folder, "desk", "default", "x")).rejects.toMatchObject({
      code: "project.manifest-invalid",
    });
    expect(await readFile(join(folder, "heddle.yaml"), "utf8")).toBe(text);
  });

  it("sets a model role and keeps comments, order and unknown keys", async () => {
    const folder = await temporaryFolder();
    const text = "# ours\nname: Desk\nheddle: 1\nowner: me # keep\nmodels:\n  default: demo\n";
    await writeFile(join(folder, "heddle.yaml"), text);
    await setModelRole(folder, "x", "fast", "qwen");
    expect(await readFile(join(folder, "heddle.yaml"), "utf8")).toBe(`${text}  fast: qwen\n`);
  });
});

describe("mcp.json", () => {
  it("keeps keys that aren't ours when a server is saved or removed", async () => {
    const folder = await temporaryFolder();
    const theirs = { inputs: [1], mcpServers: { old: { command: "x", disabled: true } } };
    await writeFile(join(folder, "mcp.json"), JSON.stringify(theirs));
    const file = createMcpFile(folder);
    await file.save("new", { url: "http://127.0.0.1:1/mcp" });
    await file.remove("new");
    expect(JSON.parse(await readFile(join(folder, "mcp.json"), "utf8"))).toEqual(theirs);
    await expect(file.remove("new")).rejects.toMatchObject({ code: "not-found" });
  });

  it("is never overwritten while it is broken", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "mcp.json"), "{ oops");
    await expect(createMcpFile(folder).save("a", { command: "x" })).rejects.toMatchObject({ code: "file.invalid" });
    expect(await readFile(join(folder, "mcp.json"), "utf8")).toBe("{ oops");
  });
});

describe("the lock of a project", () => {
  it("lets one host in at a time and names the one inside", async () => {
    const folder = await temporaryFolder();
    const unlock = lockProject(folder);
    expect(() => lockProject(folder)).toThrow(new RegExp(`open in another Heddle \\(process ${process.pid}\\)`));
    unlock();
    lockProject(folder)();
  });
});
