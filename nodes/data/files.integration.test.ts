import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../engine/lib/json.ts";
import { NO_INFERENCE } from "../../engine/flow/node-types.ts";
import { mismatch } from "../schema-check.ts";
import { NO_SERVICES } from "../testing/no-services.ts";
import { docx, pdf, xlsx } from "../testing/office-files.ts";
import { runSample } from "../testing/run-sample.ts";
import { sampleProject } from "../testing/sample-project.ts";
import { fileRead } from "./file-read.ts";
import { fileWrite } from "./file-write.ts";

let project: Awaited<ReturnType<typeof sampleProject>>;
beforeAll(async () => void (project = await sampleProject()));
afterAll(() => project.remove());

async function put(path: string, content: string | Uint8Array) {
  await mkdir(dirname(join(project.folder, path)), { recursive: true });
  await writeFile(join(project.folder, path), content);
}

const services = () => ({ services: { ...NO_SERVICES, files: project.files } });
async function read(config: JsonObject, scope: Record<string, JsonValue> = {}) {
  const run = await runSample(fileRead, { config, scope }, services());
  if (run.output)
    expect(mismatch(fileRead.output(fileRead.config.parse(config), NO_INFERENCE), run.output)).toBeUndefined();
  return run;
}
async function contentOf(path: string, content: string | Uint8Array, config: JsonObject = {}) {
  await put(path, content);
  const { output, error } = await read({ path, ...config });
  expect(error).toBeUndefined();
  return output as { text: string | null; rows: JsonObject[] | null; json: JsonValue };
}

describe("a file is read by its kind", () => {
  test("text and Markdown as they are", async () => {
    expect(await contentOf("a.md", "# Größe\n")).toMatchObject({ kind: "markdown", text: "# Größe\n", rows: null });
    expect(await contentOf("notes.unknown", "x", { kind: "text" })).toMatchObject({ text: "x" });
  });

  test("CSV as rows, its delimiter and numbers found out", async () => {
    const german = '\ufeffid;name;plz;summe\r\n1;"Möbel; Holz";01067;12.5\r\n2;;99;-3\r\n';
    expect((await contentOf("a.csv", german)).rows).toEqual([
      { id: 1, name: "Möbel; Holz", plz: "01067", summe: 12.5 },
      { id: 2, name: "", plz: 99, summe: -3 },
    ]);
    expect((await contentOf("b.tsv", "1\t2\n3\n", { header: false })).rows).toEqual([
      { A: 1, B: 2 },
      { A: 3, B: null },
    ]);
    expect((await contentOf("c.csv", "a,a,,__proto__\n1,2,3,4\n")).rows).toEqual([
      { a: 1, "a 2": 2, C: 3, ["__proto__"]: 4 },
    ]);
  });

  test("JSON and YAML as their value", async () => {
    expect((await contentOf("a.json", '{"list":[1,null]}')).json).toEqual({ list: [1, null] });
    expect((await contentOf("a.yaml", "list: &x [1, two]\nagain: *x\n")).json).toEqual({
      list: [1, "two"],
      again: [1, "two"],
    });
  });

  test("HTML without its tags and scripts", async () => {
    const html =
      "<html><head><style>p{}</style><script>alert(1)</script></head><body><h1>Oak</h1><p>a &amp; b</p><ul><li>one</li></ul></body></html>";
    const { text } = await contentOf("a.html", html);
    expect(text).toMatch(/^Oak\n+a & b\n+ \* one$/);
  });

  test("PDF, Word and Excel", async () => {
    expect((await contentOf("a.pdf", pdf(["First page", "Second page"]))).text).toBe("First page\n\nSecond page");
    expect((await contentOf("a.docx", docx(["Dear customer,", "thank you."]))).text).toBe(
      "Dear customer,\n\nthank you.",
    );
    const sheets = xlsx({
      Prices: [
        ["item", "price"],
        ["Oak shelf", 89.5],
      ],
      Other: [["n"], [7]],
    });
    expect((await contentOf("a.xlsx", sheets)).rows).toEqual([{ item: "Oak shelf", price: 89.5 }]);
    expect((await contentOf("a.xlsx", sheets, { sheet: "Other" })).rows).toEqual([{ n: 7 }]);
  });

  test.each([
    [
      "gb18030",
      Buffer.from("b9f3b9abcbbeb5c4b6a9b5a5d2d1b7a2bbf5a3acc7ebb2e9cad5a1a3d0bbd0bb", "hex"),
      "贵公司的订单已发货，请查收。谢谢",
    ],
    [
      "windows-1252",
      Buffer.from("Die Größe der Möbel für über drei Räume", "latin1"),
      "Die Größe der Möbel für über drei Räume",
    ],
    ["utf-16le", Buffer.from("\ufeffvärde", "utf16le"), "värde"],
  ])("in the encoding %s, found out or chosen", async (encoding, bytes, text) => {
    expect((await contentOf("coded.txt", bytes, { encoding })).text).toBe(text);
    expect((await contentOf("coded.txt", bytes)).text).toBe(text);
  });
});

describe("several files", () => {
  test("are read in order of their names, with limits", async () => {
    await put("many/b.txt", "B");
    await put("many/a.txt", "A");
    await put("many/deep/c.txt", "C");
    const { output } = await read({ path: "{{ it.folder }}/**/*.txt", several: true }, { it: { folder: "many" } });
    expect(output).toMatchObject({
      count: 3,
      files: [{ path: "many/a.txt", text: "A" }, { text: "B" }, { text: "C" }],
    });
    const { error } = await read({ path: "many/**", several: true, maxFiles: 2 });
    expect(error).toMatchObject({ code: "file.too-many", params: { count: 3, limit: 2 } });
    expect((await read({ path: "many/*.nothing", several: true })).error).toMatchObject({ code: "file.no-match" });
  });
});

describe("what can’t be read is told in words", () => {
  test.each<[string, string | Uint8Array | undefined, JsonObject, string]>([
    ["gone.txt", undefined, {}, "file.missing"],
    ["data", undefined, { kind: "text" }, "file.is-folder"],
    ["../outside.txt", undefined, {}, "file.outside"],
    [".heddle/runs.sqlite", undefined, { kind: "text" }, "file.private"],
    ["big.txt", "x".repeat(3000), { maxSize: 0.002 }, "file.too-large"],
    ["noname", "x", {}, "file.kind-unknown"],
    ["bad.json", '{"a":', {}, "file.unparseable"],
    ["bad.yaml", "a: [", {}, "file.unparseable"],
    ["bad.csv", 'a,b\n"1,2\n', {}, "file.unparseable"],
    ["bad.pdf", "no pdf at all", {}, "file.unparseable"],
    ["bad.docx", "no zip", {}, "file.unparseable"],
    ["bad.xlsx", Buffer.from("PK\x03\x04 broken"), {}, "file.unparseable"],
    ["bad.txt", Buffer.from([0x66, 0xff, 0xfe]), { encoding: "utf-8" }, "file.encoding"],
    ["circle.yaml", "&a [*a]", {}, "file.unparseable"],
    [
      "laughs.yaml",
      `a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [${"*a,".repeat(9)}]\nc: &c [${"*b,".repeat(9)}]\nd: [${"*c,".repeat(9)}]`,
      {},
      "file.unparseable",
    ],
  ])("%s", async (path, content, config, code) => {
    if (content !== undefined) await put(path, content);
    const { error } = await read({ path, ...config });
    expect(error).toMatchObject({ code });
    expect(error!.message).not.toMatch(/\{\w+\}|undefined/);
  });

  test("a missing sheet, with those that there are", async () => {
    await put("sheets.xlsx", xlsx({ One: [["a"]], Two: [["b"]] }));
    const { error } = await read({ path: "sheets.xlsx", sheet: "Three" });
    expect(error!.message).toContain("no sheet “Three”, but “One”, “Two”");
  });
});

describe("a file is written", () => {
  const write = (path: string, content: JsonValue, more: JsonObject = {}) =>
    runSample(fileWrite, { config: { path, content, ...more } }, services());
  const onDisk = (path: string) => readFile(join(project.folder, path), "utf8");

  test("as text, JSON or CSV, and read back the same", async () => {
    await write("output/a.txt", "hé");
    expect(await onDisk("output/a.txt")).toBe("hé");
    await write("output/a.json", { n: [1] });
    expect(JSON.parse(await onDisk("output/a.json"))).toEqual({ n: [1] });
    const rows = [
      { item: 'Shelf "oak", 2m', price: 1.5 },
      { item: "=cmd()", price: null },
    ];
    expect((await write("output/rows.csv", rows, { bom: true })).output).toMatchObject({ path: "output/rows.csv" });
    expect(await onDisk("output/rows.csv")).toBe('\ufeffitem,price\r\n"Shelf ""oak"", 2m",1.5\r\n\'=cmd(),\r\n');
    expect((await read({ path: "output/rows.csv" })).output).toMatchObject({
      rows: [{ item: 'Shelf "oak", 2m', price: 1.5 }, { item: "'=cmd()" }],
    });
  });

  test.each(["mcp.json", "../x.txt", ".heddle/x", "nodes/evil.js"])("but not %s", async (path) => {
    expect((await write(path, "x")).error?.code).toMatch(/^file\.(protected|outside|private)$/);
  });
});
