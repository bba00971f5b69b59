import { describe, expect, test } from "vitest";
import { z } from "zod";
import { NO_INFERENCE } from "../engine/flow/node-types.ts";
import type { JsonObject, JsonSchema, JsonValue } from "../engine/lib/json.ts";
import type { Text } from "../engine/lib/text.ts";
import { createCatalog } from "../engine/node/catalog.ts";
import { NODES } from "./index.ts";
import { mismatch } from "./schema-check.ts";
import { NO_SERVICES } from "./testing/no-services.ts";
import { runSample } from "./testing/run-sample.ts";

const inBoth = (text: Text) =>
  expect(
    Object.values(text).every((words) => words.trim() !== ""),
    JSON.stringify(text),
  ).toBe(true);
const hasChinese = (text: Text) => expect(text.zh).toMatch(/\p{Script=Han}/u);

/** Ways out that authors name, of which samples take others of their kind. */
const NOT_TAKEN: Readonly<Record<string, readonly string[]>> = {
  condition: ["any", "big"],
  switch: ["technical", "three"],
};

/** Values that are names by themselves and are called the same in every language. */
const PROPER_NAMES = new Set(
  [
    "GET POST PUT PATCH DELETE HEAD json markdown csv yaml html pdf slack teams",
    "utf-8 utf-16le utf-16be gb18030 big5 shift_jis euc-kr windows-1252 iso-8859-2 windows-1251",
  ].flatMap((words) => words.split(" ")),
);

interface Enum {
  path: string;
  values: readonly JsonValue[];
  choices: Readonly<Record<string, Text>>;
}

/** Every choice among words in a config, however deep: also in lists and tables. A list's hints are those of its entries. */
function enumsOf(schema: JsonSchema, path = "", hints: Hints = {}): Enum[] {
  const own = (schema["heddle"] as Hints | undefined) ?? hints;
  const inner = Object.entries(schema.properties ?? {}).flatMap(([name, member]) => enumsOf(member, `${path}/${name}`));
  const table = schema.additionalProperties;
  const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return [
    ...(schema.enum ? [{ path, values: schema.enum, choices: own.choices ?? {} }] : []),
    ...inner,
    ...(schema.items ? enumsOf(schema.items, path, own) : []),
    ...(typeof table === "object" ? enumsOf(table as JsonSchema, `${path}/*`) : []),
    ...parts.flatMap((part) => enumsOf(part, path, own)),
  ];
}

interface Hints {
  choices?: Readonly<Record<string, Text>>;
  /** A form field of its own shows what is inside. */
  widget?: string;
  label?: Text;
  help?: Text;
  placeholder?: Text;
}

/** The fields of a form, those in groups too. Entries of lists and tables are labelled by their list. */
function fieldsOf(schema: JsonSchema, at = ""): { path: string; hints: Hints }[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const path = `${at}${name}`;
    const hints = (member["heddle"] ?? {}) as Hints;
    return [{ path, hints }, ...(hints.widget === undefined ? fieldsOf(member, `${path}.`) : [])];
  });
}

describe.each(NODES)("$type", (node) => {
  const samples = node.role === "step" ? node.samples : [];
  const pureSamples = node.role === "step" && !node.effects ? node.samples : [];

  test("says what it is in both languages", () => {
    for (const text of [node.title, node.description, node.docs]) {
      inBoth(text);
      hasChinese(text);
    }
    expect(node.docs.en.length).toBeGreaterThan(60);
  });

  test("labels every field of its form in both languages", () => {
    const schema = z.toJSONSchema(node.config, { io: "input", unrepresentable: "any" }) as JsonSchema;
    for (const { path, hints } of fieldsOf(schema)) {
      expect(hints.label, `the field ${path} has no label`).toBeDefined();
      inBoth(hints.label!);
      for (const text of [hints.help, hints.placeholder]) if (text) inBoth(text);
    }
  });

  test("has words in both languages for each value that can be chosen", () => {
    const schema = z.toJSONSchema(node.config, { io: "input", unrepresentable: "any" }) as JsonSchema;
    for (const { path, values, choices } of enumsOf(schema)) {
      const words = values.map(String);
      expect(
        words.filter((value) => !PROPER_NAMES.has(value) && choices[value] === undefined),
        path,
      ).toEqual([]);
      expect(Object.keys(choices).filter((value) => !words.includes(value))).toEqual([]);
      for (const text of Object.values(choices)) inBoth(text);
    }
  });

  test("fills in settings that a file leaves out", () => {
    const initial = node.initial as JsonObject;
    const schema = z.toJSONSchema(node.config, { io: "input", unrepresentable: "any" }) as JsonSchema;
    for (const [name, member] of Object.entries(schema.properties ?? {})) {
      if (member.default === undefined || !Object.hasOwn(initial, name)) continue;
      const { [name]: _, ...rest } = initial;
      const issues = node.config.safeParse(rest).error?.issues ?? [];
      expect(issues.filter(({ path, code }) => path[0] === name && code !== "custom")).toEqual([]);
    }
  });

  test("leaves by each of its ways out in some sample", () => {
    if (node.role !== "step") return;
    const portsOf = (config: JsonValue) =>
      (node.ports?.(node.config.parse(config)) ?? [{ id: "out" }]).map(({ id }) => id);
    const declared = new Set(samples.flatMap(({ config }) => portsOf(config)));
    const taken = samples.map(
      ({ config, port }) => port ?? (portsOf(config).length === 1 ? portsOf(config)[0] : undefined),
    );
    for (const port of taken) if (port !== undefined) expect([...declared]).toContain(port);
    expect([...declared].filter((port) => !taken.includes(port))).toEqual(NOT_TAKEN[node.type] ?? []);
  });

  test("begins with a config that is valid and tells its output", () => {
    const config = node.config.parse(node.initial);
    expect(config).toEqual(node.initial);
    expect(node.output(config, NO_INFERENCE)).toBeTypeOf("object");
    if (node.type !== "note") inBoth(node.summary(config));
  });

  test("is drawn as data by the catalog", () => {
    const described = createCatalog([node]).describe()[0]!;
    expect(JSON.parse(JSON.stringify(described))).toEqual(described);
  });

  test("has samples that a contract suite can run", () => {
    if (node.role !== "step") return;
    expect(samples.length).toBeGreaterThan(0);
    for (const sample of samples) expect(() => node.config.parse(sample.config), sample.name).not.toThrow();
  });

  test.each(pureSamples)("$name", async (sample) => {
    const run = await runSample(node, sample, { services: NO_SERVICES });
    expect(run.error?.code).toBe(sample.error);
    if (sample.error !== undefined) return;
    expect(mismatch(node.output(node.config.parse(sample.config), NO_INFERENCE), run.output!)).toBeUndefined();
    if (sample.output !== undefined) expect(run.output).toEqual(sample.output);
    if (sample.port !== undefined) expect(run.port).toBe(sample.port);
  });
});
