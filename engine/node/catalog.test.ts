import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { NODES } from "../../nodes/index.ts";
import type { JsonValue } from "../lib/json.ts";
import { createCatalog } from "./catalog.ts";
import { defineNode } from "./define.ts";
import { expression, field, jsonTemplate, modelRole, template } from "./fields.ts";
import { issue } from "./issue.ts";

const label = (en: string, zh: string) => ({ label: { en, zh } });

const config = z
  .object({
    model: modelRole(label("Model", "模型")),
    prompt: template({ ...label("Prompt", "提示词"), long: true }),
    hint: template(label("Hint", "提示")).optional(),
    size: field(z.int().min(1).max(9).default(3), label("Size", "大小")),
    mode: field(z.enum(["quick", "careful"]).default("quick"), label("Mode", "模式")),
    body: jsonTemplate(label("Body", "内容")).optional(),
    cases: field(
      z
        .array(
          z.object({
            id: field(z.string().min(1), label("Name", "名称")),
            when: expression({ ...label("When", "条件"), expects: "bool" }),
          }),
        )
        .default([]),
      label("Cases", "分支"),
    ),
    headers: field(
      z.record(z.string(), field(z.string(), { widget: "secret" })).optional(),
      label("Headers", "请求头"),
    ),
    fields: z.record(z.string().regex(/^[a-z]+$/), z.object({ type: z.string() })).optional(),
  })
  .refine(
    ({ size, mode }) => mode === "quick" || size > 2,
    issue({ en: "Careful needs a size above 2.", zh: "“仔细”模式需要大小大于 2。" }),
  );

const sample = defineNode({
  role: "step",
  type: "sample",
  version: 1,
  family: "data",
  icon: "box",
  title: { en: "Sample", zh: "示例" },
  description: { en: "For tests.", zh: "用于测试。" },
  docs: { en: "", zh: "" },
  config,
  initial: { model: "default", prompt: "", size: 3, mode: "quick", cases: [{ id: "a", when: "true" }] },
  effects: false,
  output: ({ size }) => ({ type: "object", properties: { size: { const: size } } }),
  ports: ({ cases }) => [...cases.map(({ id }) => ({ id })), { id: "else" }],
  summary: ({ prompt }) => ({ en: prompt, zh: prompt }),
  run: () => ({ output: null }),
  samples: [],
});
const catalog = createCatalog([sample]);
const messages = (value: JsonValue, language: "en" | "zh" = "en") =>
  catalog.check("sample", value).map((found) => `${found.path}: ${found.message[language]}`);

describe("a catalog", () => {
  it("refuses broken definitions at start-up, naming them", () => {
    expect(() => createCatalog([sample, sample])).toThrow("sample");
    expect(() => createCatalog([{ ...sample, type: "broken", initial: { size: "x" } }])).toThrow("broken");
  });

  it("describes types as data that survives a transport", () => {
    const [described] = catalog.describe();
    expect(JSON.parse(JSON.stringify(described))).toEqual(described);
    expect(described!.config.properties!["prompt"]).toMatchObject({
      heddle: { widget: "template-long", label: { zh: "提示词" } },
    });
    expect(described!.config.properties!["hint"]).toMatchObject({ heddle: { widget: "template" } });
  });

  it.each<[string, JsonValue, string[]]>([
    ["a missing setting", {}, ["prompt: “Prompt” is missing. Fill it in."]],
    ["a text that is still empty", { prompt: " " }, ["prompt: “Prompt” is missing. Fill it in."]],
    [
      "an expression that is still empty, in a list",
      { prompt: "p", cases: [{ id: "a", when: "" }] },
      ["cases[0].when: “Cases › 1 › When” is missing. Fill it in."],
    ],
    ["a text that may be left out", { prompt: "p", hint: "" }, []],
    ["the wrong kind of value", { prompt: 5 }, ["prompt: “Prompt” must be a text."]],
    ["a number out of range", { prompt: "p", size: 12 }, ["size: “Size” may be at most 9."]],
    ["a number that isn't whole", { prompt: "p", size: 1.5 }, ["size: “Size” must be a whole number."]],
    ["an unknown word", { prompt: "p", mode: "quik" }, ["mode: “Mode” must be one of: quick, careful."]],
    [
      "an entry of a list",
      {
        prompt: "p",
        cases: [
          { id: "a", when: "true" },
          { id: "", when: "true" },
        ],
      },
      ["cases[1].id: “Cases › 2 › Name” must not be empty."],
    ],
    [
      "a misspelt setting",
      { prompt: "p", hnit: "x" },
      ["hnit: “hnit” is not a setting of this kind of step. Did you mean “hint”?"],
    ],
    [
      "an unknown setting",
      { prompt: "p", zzz: 1 },
      ["zzz: “zzz” is not a setting of this kind of step. It is kept but does nothing."],
    ],
    ["the type's own rule", { prompt: "p", mode: "careful", size: 1 }, [": Careful needs a size above 2."]],
    [
      "a name that can't be one",
      { prompt: "p", fields: { "A b": { type: "x" } } },
      [
        "fields.A b: “fields › A b” can’t be a name here: use lower-case letters, digits and “_”, beginning with a letter.",
      ],
    ],
    ["something else than settings", [1], [": The settings should be a group of the form “name: value”."]],
  ])("says in plain words what is wrong with %s", (_, value, expected) => {
    expect(messages(value)).toEqual(expected);
    for (const message of messages(value, "zh")) expect(message).toMatch(/[\u4e00-\u9fff]/);
  });

  it("offers what would put it right", () => {
    expect(catalog.check("sample", { prompt: "p", mode: "quik" })[0]!.fix).toMatchObject({
      changes: [{ keys: ["mode"], value: "quick" }],
    });
    expect(catalog.check("sample", { prompt: "p", hnit: "x" })[0]).toMatchObject({
      severity: "warning",
      fix: { changes: [{ keys: ["hnit"] }, { keys: ["hint"], value: "x" }] },
    });
  });

  it("draws as much as can be told of settings that aren't valid yet", () => {
    const shape = catalog.shape("sample", { size: 40, mode: "wrong", cases: [{ id: "x", when: "a" }, { id: "y" }, 5] });
    expect(shape.ports.map((port) => port.id)).toEqual(["x", "else"]);
    expect(shape.output.properties).toEqual({ size: { const: 40 } });
  });

  it("finds the places that hold references, models and secrets", () => {
    const sites = catalog.sites("sample", {
      model: "fast",
      prompt: "{{ a.b }}",
      hint: "h",
      body: { to: "{{ a.list }}", deep: ["{{ b.c }}"] },
      cases: [{ id: "x", when: "a.b == 1" }],
      headers: { "X-Key": "{{ secrets.KEY }}" },
    });
    expect(sites.map(({ path, kind, typed, expects }) => [path, kind, typed ?? expects ?? ""])).toEqual([
      ["model", "model", ""],
      ["prompt", "template", ""],
      ["hint", "template", ""],
      ["body.to", "template", true],
      ["body.deep[0]", "template", true],
      ["cases[0].when", "expression", "bool"],
      ["headers.X-Key", "secret", ""],
    ]);
  });
});

describe("the built-in node types", () => {
  const all = createCatalog(NODES);

  it.each([...all.types()])("%s can be drawn and checked whatever its settings, in words without jargon", (type) => {
    const initial = all.get(type).initial;
    expect(all.check(type, initial).filter((found) => /expected|Invalid input|zod/i.test(found.message.en))).toEqual(
      [],
    );
    const part = fc.oneof(fc.jsonValue(), fc.constant(initial)) as fc.Arbitrary<JsonValue>;
    const names = Object.keys(all.describe().find((described) => described.type === type)!.config.properties ?? {});
    const settings = names.length === 0 ? part : fc.dictionary(fc.constantFrom(...names, "other"), part);
    fc.assert(
      fc.property(settings as fc.Arbitrary<JsonValue>, (value) => {
        const shape = all.shape(type, value);
        expect(shape.role).toBe(all.get(type).role);
        all.sites(type, value);
        for (const { message } of all.check(type, value)) {
          expect(message.en).not.toMatch(/\bexpected\b|Invalid input|undefined|\bzod\b/i);
          expect(message.zh).toMatch(/[\u4e00-\u9fff]/);
        }
      }),
      { numRuns: 60 },
    );
  });
});
