import type { SerializedIncrementalTest, SerializedIncrementalTestSuite } from "@bufbuild/cel-spec/testdata/tests.js";
import { tests } from "@bufbuild/cel-spec/testdata/conformance.js";
import { describe, expect, it } from "vitest";
import { isJsonObject, type JsonObject, type JsonValue } from "../lib/json.ts";
import { compileExpression } from "./compile.ts";
import { isEqual } from "./values.ts";

/** Parts of the specification that are about what the language doesn't have. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  bindings_ext: "an extension: cel.bind",
  block_ext: "an extension: cel.block, which optimisers write",
  encoders_ext: "an extension: base64 of bytes",
  enums: "protocol buffers",
  dynamic: "protocol buffers",
  macros2: "an extension: macros of two variables",
  math_ext: "an extension: bits and math.greatest; min, max, round and their kin are ours",
  namespace: "protocol buffers",
  optionals: "an extension: optional values; what isn't there is null here",
  proto2: "protocol buffers",
  proto2_ext: "protocol buffers",
  proto3: "protocol buffers",
  string_ext: "an extension: format and its kin; ours are listed in docs/expressions.md",
  timestamps: "times are texts or milliseconds here: formatDate, addTime, timeBetween",
  type_deductions: "types of the specification's own checker; ours are JSON Schemas",
  unknowns: "values that aren't known yet, for engines that ask for them",
  wrappers: "protocol buffers",
};

/** Values that JSON doesn't have. */
const NO_JSON: readonly [RegExp, string][] = [
  [/TestAllTypes|google\.protobuf|GlobalEnum/, "protocol buffers"],
  [/\b[rR]?[bB][rR]?['"]|bytes\(/, "bytes"],
  [/timestamp\(|duration\(/, "timestamps and durations"],
];

const cases = (suite: string, names: string): string[] => names.split(" ").map((name) => `${suite}/${name}`);

/** Cases that come out otherwise here, and why: `suite/name`. */
const DIFFERENT: Readonly<Record<string, readonly string[]>> = {
  "An unknown function is a mistake in the expression, told before anything runs.": [
    "basic/unbound_is_runtime_error",
    ...cases(
      "parse",
      "as break const continue else for function if import let loop package namespace return var void while",
    ),
  ],
  "JSON has neither NaN nor infinity: dividing by zero and overflowing are errors.": [
    ...cases(
      "comparisons",
      "not_eq_double_nan not_eq_int_double_nan not_eq_uint_double_nan not_ne_double_nan not_ne_int_double_nan not_ne_uint_double_nan ne_double_nan",
    ),
    "fp_math/divide_zero",
    "fp_math/fp_overflow_positive",
    "fp_math/fp_overflow_negative",
  ],
  "There is one kind of number: it has no 64-bit bounds, and any of them has a remainder and a sign.": [
    ...cases(
      "conversions",
      "uint_range double_int_max_range double_int_min_range double_range double_uint_max_range double_range_beyond_uint eq_diff neq_diff",
    ),
    ...cases(
      "integer_math",
      "unary_minus_no_overload int64_overflow_positive int64_overflow_negative int64_overflow_add_negative int64_overflow_sub_positive int64_min_negate int64_min_negate_mul int64_min_negate_div int64_overflow_mul_positive int64_overflow_mul_negative uint64_overflow_positive uint64_overflow_negative uint64_overflow_mul_positive negative_no_overload",
    ),
    "fp_math/mod_not_support",
  ],
  "The kind of a value is a text: type(1) == 'number'.": cases(
    "conversions",
    "dyn_heterogeneous_list bool bool_denotation int int_denotation uint uint_denotation double double_denotation null_type null_type_denotation string string_denotation bytes_denotation list list_denotation map map_denotation type type_denotation type_type",
  ),
  "What isn't there is null, so that a skipped step doesn't fail what refers to it.": [
    "fields/map_key_mixed_numbers_lossy_double_key",
    "fields/map_no_such_key",
    "fields/map_field_select_no_such_key",
    "lists/zero_based_double_error",
    "lists/index_out_of_bounds",
  ],
  "The keys of an object are texts, as in JSON; the last of two equal ones counts.": [
    "fields/map_key_float",
    "fields/map_value_repeat_key",
    "fields/map_value_repeat_key_heterogeneous",
    "macros/map_one",
  ],
  "Odd names of fields are written in brackets: a['content-type'].": cases(
    "fields",
    "field_access_slash field_access_dash field_access_dot has_field_slash has_field_dash has_field_dot",
  ),
  "A name has no dots: a.b is a field of a.": [
    "fields/qualified_ident",
    "fields/map_field_select",
    "fields/qualified_identifier_resolution_unchecked",
    "fields/ident_with_longest_prefix_check",
  ],
  "A number begins with a digit: 0.99, not .99.": ["comparisons/not_gt_double"],
};

interface Case {
  id: string;
  test: SerializedIncrementalTest["original"];
}

function casesOf(suite: SerializedIncrementalTestSuite, top?: string): Case[] {
  const own = (suite.tests ?? []).map(({ original }) => ({ id: `${top}/${original.name}`, test: original }));
  return [...own, ...(suite.suites ?? []).flatMap((inner) => casesOf(inner, top ?? inner.name))];
}

const reasonWithoutJson = ({ test }: Case): string | undefined =>
  NO_JSON.find(([pattern]) => pattern.test(test.expr))?.[1] ??
  (JSON.stringify(test).includes('"objectValue"') ? "protocol buffers" : undefined);

const all = casesOf(tests);
const covered = all.filter((one) => !Object.hasOwn(LEFT_OUT, one.id.split("/")[0]!) && !reasonWithoutJson(one));
const different = new Set(Object.values(DIFFERENT).flat());

/** A value of the specification as JSON; undefined for one that JSON doesn't have. */
function toJson(value: unknown): JsonValue | undefined {
  const [[kind, inner] = []] = isJsonObject(value) ? [Object.entries(value)[0]] : [undefined];
  switch (kind) {
    case "int64Value":
    case "uint64Value":
    case "doubleValue":
      return Number(inner);
    case "stringValue":
    case "boolValue":
      return inner!;
    case "nullValue":
      return null;
    case "listValue":
      return entriesOf(inner, "values").map((item) => toJson(item)!);
    case "mapValue":
      return Object.fromEntries(
        entriesOf(inner, "entries").map((entry) => {
          const { key, value: held } = entry as { key: JsonValue; value: JsonValue };
          return [String(toJson(key)), toJson(held)!];
        }),
      );
    default:
      return undefined;
  }
}

const entriesOf = (holder: unknown, name: string): JsonValue[] =>
  isJsonObject(holder) && Array.isArray(holder[name]) ? holder[name] : [];

function scopeOf(bindings: JsonValue | undefined): JsonObject {
  const entries = Object.entries(isJsonObject(bindings) ? bindings : {});
  return Object.fromEntries(entries.map(([name, bound]) => [name, toJson((bound as JsonObject)["value"])!]));
}

/** Whether a case comes out as the specification says. */
function holds({ test }: Case): boolean {
  const fails = test["evalError"] !== undefined || test["anyEvalErrors"] !== undefined;
  const typed = test["typedResult"];
  const result = isJsonObject(typed) ? typed["result"] : test["value"];
  const expected = result === undefined ? true : toJson(result);
  try {
    const got = compileExpression(test.expr)(scopeOf(test["bindings"]));
    return !fails && expected !== undefined && isEqual(got, expected);
  } catch {
    return fails;
  }
}

describe("the cases of the CEL specification", () => {
  it("come out as it says, but for those that are listed with their reasons", () => {
    expect(covered.length).toBeGreaterThan(850);
    expect(different.size).toBeLessThan(covered.length / 8);
    const wrong = covered
      .filter((one) => !different.has(one.id) && !holds(one))
      .map(({ id, test }) => `${id}: ${test.expr}`);
    expect(wrong).toEqual([]);
  });

  it("that are listed do differ: a list that isn't true any more would mislead", () => {
    const differing = new Set(covered.filter((one) => !holds(one)).map(({ id }) => id));
    expect([...different].filter((id) => !differing.has(id))).toEqual([]);
  });

  it("are about parts of the language that there are", () => {
    const suites = new Set(all.map(({ id }) => id.split("/")[0]!));
    expect(Object.keys(LEFT_OUT).filter((name) => !suites.has(name) && name !== "unknowns")).toEqual([]);
  });
});
