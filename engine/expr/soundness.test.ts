import fc from "fast-check";
import { expect, it } from "vitest";
import { HeddleError } from "../lib/errors/error.ts";
import type { JsonSchema, JsonValue } from "../lib/json.ts";
import { checkExpression } from "./check.ts";
import { compileExpression } from "./compile.ts";
import { FUNCTIONS } from "./functions.ts";
import { typeNames } from "./schema-types.ts";
import { typeName } from "./values.ts";

const schema: JsonSchema = {
  type: "object",
  properties: {
    text: { type: "string" },
    count: { type: "number" },
    yes: { type: "boolean" },
    maybe: { type: ["string", "null"] },
    words: { type: "array", items: { type: "string" } },
    sums: { type: "array", items: { type: "number" } },
    inner: { type: "object", properties: { kind: { enum: ["a", "b"] } }, required: ["kind"] },
    open: {},
  },
  required: ["text", "count", "yes", "maybe", "words", "sums", "inner", "open"],
};

const values = fc.record({
  text: fc.constantFrom("", "12", "hello"),
  count: fc.integer({ min: -3, max: 3 }),
  yes: fc.boolean(),
  maybe: fc.constantFrom(null, "x"),
  words: fc.constantFrom([], ["a", "b"]),
  sums: fc.constantFrom([], [1, 2.5]),
  inner: fc.record({ kind: fc.constantFrom("a", "b") }),
  open: fc.constantFrom(null, 1, "s", [], {}),
}) as fc.Arbitrary<Record<string, JsonValue>>;

const atom = fc.constantFrom(
  "s.text",
  "s.count",
  "s.yes",
  "s.maybe",
  "s.words",
  "s.sums",
  "s.inner.kind",
  "s.inner",
  "s.words[0]",

  "1",
  "2.5",
  "'a'",
  "true",
  "null",
  "[1, 2]",

  "{'k': 1}",
  "x",
);
/** All but those whose result may be anything. */
const calls = Object.entries(FUNCTIONS)
  .filter(([name]) => name !== "parseJson" && name !== "dyn")
  .map(([name, { parameters, optional }]) => ({
    name,
    count: parameters.length - (optional ?? 0),
  }));

const expression: fc.Arbitrary<string> = fc.letrec<{ e: string }>((tie) => ({
  e: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    atom,
    fc
      .tuple(tie("e"), fc.constantFrom("+", "-", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||", "in"), tie("e"))
      .map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc.tuple(fc.constantFrom("!", "-"), tie("e")).map(([op, a]) => `${op}(${a})`),
    fc.tuple(tie("e"), tie("e"), tie("e")).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    fc
      .tuple(tie("e"), fc.constantFrom("map", "filter", "all", "exists"), tie("e"))
      .map(([a, macro, b]) => `${a}.${macro}(x, ${b})`),
    fc
      .tuple(fc.constantFrom(...calls), tie("e"), tie("e"), tie("e"))
      .map(([{ name, count }, ...args]) => `${name}(${args.slice(0, count).join(", ")})`),
    fc.tuple(tie("e"), tie("e")).map(([a, b]) => `default(${a}, ${b})`),
  ),
})).e;

/** What depends on the values, not on their kinds: a check before the run can't know it. */
const BY_VALUE = new Set(["expr.division-by-zero", "expr.overflow", "expr.argument"]);

it("gives a JSON value or a HeddleError, whatever the expression", () => {
  fc.assert(
    fc.property(fc.oneof(expression, fc.string()), values, (source, s) => {
      try {
        const value = compileExpression(source)({ s });
        expect(JSON.parse(JSON.stringify(value))).toEqual(value);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(HeddleError);
      }
    }),
    { numRuns: 2000 },
  );
});

it("works at run time when the check before it found nothing, and yields what the check foretold", () => {
  let sound = 0;
  fc.assert(
    fc.property(expression, values, (source, s) => {
      const checked = checkExpression(source, { s: schema });
      if (checked.problems.length > 0) return;
      sound++;
      try {
        const types = typeNames(checked.schema);
        const value = compileExpression(source)({ s });
        if (types)
          expect([source, value, [...types]]).toEqual([source, value, expect.arrayContaining([typeName(value)])]);
      } catch (thrown) {
        if (!(thrown instanceof HeddleError)) throw thrown;
        if (!BY_VALUE.has(thrown.code))
          throw new Error(`${source} with ${JSON.stringify(s)}: ${thrown.code}`, { cause: thrown });
      }
    }),
    { numRuns: 5000 },
  );
  expect(sound).toBeGreaterThan(500);
});
