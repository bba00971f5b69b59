import { mkdir, readFile, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";
import { createProjectFiles } from "./project-files.ts";

const { signal } = new AbortController();
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

async function project() {
  const parent = await temporaryFolder();
  const folder = join(parent, "project");
  await mkdir(join(folder, "data", "deep"), { recursive: true });
  await mkdir(join(folder, ".heddle"));
  await writeFile(join(parent, "secret.txt"), "outside");
  await writeFile(join(folder, ".heddle", "runs.sqlite"), "private");
  await writeFile(join(folder, "data", "a.csv"), "a");
  await writeFile(join(folder, "data", "deep", "b.csv"), "b");
  await symlink(join(parent, "secret.txt"), join(folder, "data", "link.csv"));
  await symlink(parent, join(folder, "data", "up"));
  await symlink(join(folder, ".heddle"), join(folder, "data", "state"));
  await symlink(join(folder, "data", "a.csv"), join(folder, "data", "inner.csv"));
  return { folder, parent, files: createProjectFiles(folder) };
}

test("files are read, listed and written below the project’s folder", async () => {
  const { folder, files } = await project();
  expect(text(await files.read("data/a.csv", signal))).toBe("a");
  expect(text(await files.read("./data/../data/inner.csv", signal))).toBe("a");
  expect(await files.list("data/**/*.csv", signal)).toEqual(["data/a.csv", "data/deep/b.csv", "data/inner.csv"]);
  await files.write("output/new/report.md", Buffer.from("hello"), signal);
  expect(await readFile(join(folder, "output", "new", "report.md"), "utf8")).toBe("hello");
  expect(await readdir(join(folder, "output", "new"))).toEqual(["report.md"]);
  expect(files.resolve("data/shop.sqlite")).toBe(join(folder, "data", "shop.sqlite"));
});

test.each([
  "../secret.txt",
  "/etc/passwd",
  "data/link.csv",
  "data/up/secret.txt",
  "C:\\x",
  "..\\secret.txt",
  "",
  "a\0b",
])("%j leads out and is refused", async (path) => {
  const { parent, files } = await project();
  const refused = { code: "file.outside" };
  await expect(files.read(path, signal)).rejects.toMatchObject(refused);
  await expect(files.write(path, Buffer.from("x"), signal)).rejects.toMatchObject(refused);
  expect(() => files.resolve(path)).toThrow(expect.objectContaining(refused));
  expect(await readFile(join(parent, "secret.txt"), "utf8")).toBe("outside");
});

test.each([
  ".heddle/runs.sqlite",
  ".HEDDLE/runs.sqlite",
  "data/../.heddle/new",
  "data/state/runs.sqlite",
  ".git/config",
])("%s is private", async (path) => {
  const { files } = await project();
  await expect(files.write(path, Buffer.from("x"), signal)).rejects.toMatchObject({ code: "file.private" });
  await expect(files.read(path, signal)).rejects.toMatchObject({ code: expect.stringMatching(/private|missing/) });
  expect(() => files.resolve(path)).toThrow(expect.objectContaining({ code: "file.private" }));
});

test("patterns can’t lead out either", async () => {
  const { files } = await project();
  await expect(files.list("../*", signal)).rejects.toMatchObject({ code: "file.outside" });
  expect(await files.list("data/up/*.txt", signal)).toEqual([]);
  expect(await files.list(".heddle/*", signal).catch(({ code }: { code: string }) => code)).toBe("file.private");
  expect(await files.list("**/*.sqlite", signal)).toEqual([]);
});

test.each(["mcp.json", "heddle.yaml", "flows/triage.flow.yaml", "nodes/greet.ts", "MCP.json", "node_modules/x.js"])(
  "%s can’t be changed by a step",
  async (path) => {
    const { files } = await project();
    await expect(files.write(path, Buffer.from("{}"), signal)).rejects.toMatchObject({ code: "file.protected" });
  },
);

test("what can’t be read is said: missing, a folder, too large", async () => {
  const { files } = await project();
  await expect(files.read("data/none.csv", signal)).rejects.toMatchObject({ code: "file.missing" });
  await expect(files.read("data", signal)).rejects.toMatchObject({ code: "file.is-folder" });
  await expect(files.write("data", Buffer.from("x"), signal)).rejects.toMatchObject({ code: "file.is-folder" });
  await files.write("big.txt", new Uint8Array(3000), signal);
  await expect(files.read("big.txt", signal, 2999)).rejects.toMatchObject({ code: "file.too-large" });
  expect(await files.read("big.txt", signal, 3000)).toHaveLength(3000);
});
