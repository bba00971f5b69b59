import { describe, expect, test } from "vitest";
import { z } from "zod";
import { NO_INFERENCE } from "../engine/flow/node-types.ts";
import type { JsonSchema } from "../engine/lib/json.ts";
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
    for (const [name, member] of Object.entries(schema.properties ?? {})) {
      const { label } = (member["heddle"] ?? {}) as { label?: Text };
      expect(label, `the field ${name} has no label`).toBeDefined();
      inBoth(label!);
    }
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
