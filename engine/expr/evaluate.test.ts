import { describe, expect, it } from "vitest";
import { HeddleError } from "../lib/errors/error.ts";
import type { JsonValue } from "../lib/json.ts";
import { compileExpression } from "./compile.ts";

const scope: Record<string, JsonValue> = {
  n: 5,
  f: 1.5,
  s: "Ada Lovelace",
  t: true,
  z: null,
  list: [3, 1, 2],
  words: ["red", "green"],
  o: { id: "A-17", price: 12.5, tags: ["x"], nothing: null, "odd name": 1 },
  orders: [
    { id: 1, total: 10 },
    { id: 2, total: 30 },
  ],
};
const value = (source: string): JsonValue => compileExpression(source)(scope);

/** What we claim of the language, one case a line. */
const CASES: [string, JsonValue][] = [
  // literals
  ["1", 1],
  ["-7", -7],
  ["0x1F", 31],
  ["2.5e3", 2500],
  ["12u", 12],
  ["true", true],
  ["null", null],
  [`"double"`, "double"],
  [`'single'`, "single"],
  [`"""three "quotes" """`, 'three "quotes" '],
  [`r"raw\\n"`, "raw\\n"],
  [`"tab\\tand \\u00e9"`, "tab\tand é"],
  ["[1, 'a', null, [2]]", [1, "a", null, [2]]],
  ["{'a': 1, 'b': [2]}", { a: 1, b: [2] }],
  ["[]", []],
  ["{}", {}],
  // one kind of number
  ["1 + 2", 3],
  ["n * 2", 10],
  ["n + 1 == 6", true],
  ["7 / 2", 3.5],
  ["7 % 4", 3],
  ["5.5 % 2", 1.5],
  ["-7 % 4", -3],
  ["n / 2", 2.5],
  ["1 == 1.0", true],
  ["5 == n", true],
  ["f * 2 - 1", 2],
  ["-n", -5],
  ["-(-n)", 5],
  ["2 + 3 * 4", 14],
  ["(2 + 3) * 4", 20],
  ["10 - 3 - 2", 5],
  ["0.1 + 0.2 < 0.4", true],
  // texts and lists
  ["'a' + 'b'", "ab"],
  ["'order ' + n", "order 5"],
  ["n + ' left'", "5 left"],
  ["'none: ' + z", "none: "],
  ["[1] + [2]", [1, 2]],
  // comparison
  ["1 < 2", true],
  ["2 <= 2.0", true],
  ["'a' < 'b'", true],
  ["'a' >= 'b'", false],
  ["false < true", true],
  ["s == 'Ada Lovelace'", true],
  ["s != 'x'", true],
  ["n == '5'", false],
  ["z == null", true],
  ["n == null", false],
  ["list == [3, 1, 2]", true],
  ["list == [1, 2, 3]", false],
  ["{'a': 1, 'b': 2} == {'b': 2, 'a': 1}", true],
  ["{'a': 1} == {'a': 2}", false],
  // logic
  ["t && n > 3", true],
  ["t && n > 9", false],
  ["!t || n == 5", true],
  ["false && (1 / 0 > 0)", false],
  ["(1 / 0 > 0) && false", false],
  ["(1 / 0 > 0) || true", true],
  ["n > 3 ? 'many' : 'few'", "many"],
  ["n > 9 ? 'many' : n > 4 ? 'some' : 'few'", "some"],
  // fields and indexes: what isn't there is null
  ["o.id", "A-17"],
  ["o['odd name']", 1],
  ["o.tags[0]", "x"],
  ["o.missing", null],
  ["o.nothing.deeper.still", null],
  ["z.a", null],
  ["list[0]", 3],
  ["list[n - 4]", 1],
  ["list[99]", null],
  ["list[-1]", null],
  ["orders[1].total", 30],
  ["{'a': {'b': 7}}.a.b", 7],
  // in
  ["2 in list", true],
  ["9 in list", false],
  ["'x' in o.tags", true],
  ["'id' in o", true],
  ["'nope' in o", false],
  ["[1] in [[1], [2]]", true],
  // has and default
  ["has(o.id)", true],
  ["has(o.missing)", false],
  ["has(o.nothing)", false],
  ["has(z.a.b)", false],
  ["default(o.missing, 'none')", "none"],
  ["default(z, 0) + 1", 1],
  ["default(o.id, 'none')", "A-17"],
  ["o.missing.default('none')", "none"],
  ["default('', 'none')", ""],
  // macros
  ["list.map(x, x * 2)", [6, 2, 4]],
  ["list.map(x, x > 1, x * 2)", [6, 4]],
  ["list.filter(x, x > 1)", [3, 2]],
  ["orders.filter(o, o.total > 20).map(o, o.id)", [2]],
  ["list.all(x, x > 0)", true],
  ["list.exists(x, x == 2)", true],
  ["list.exists_one(x, x > 1)", false],
  ["[].all(x, false)", true],
  ["[].exists(x, true)", false],
  ["o.exists(key, key == 'id')", true],
  ["[1, 0].exists(x, 2 / x > 1)", true],
  ["[0, 1].exists(x, 2 / x > 1)", true],
  ["list.map(x, list.map(y, x + y).size())", [3, 3, 3]],
  // functions, before or after their first value
  ["size(list)", 3],
  ["s.size()", 12],
  ["size('日本🙂')", 3],
  ["size(o)", 5],
  ["size(list) / 2", 1.5],
  ["s.contains('Love')", true],
  ["list.contains(2)", true],
  ["s.startsWith('Ada')", true],
  ["s.endsWith('x')", false],
  ["s.matches('^A.a ')", true],
  ["'  x '.trim()", "x"],
  ["lower(s)", "ada lovelace"],
  ["s.upper()", "ADA LOVELACE"],
  ["'Ärger'.lowerAscii()", "Ärger"],
  ["'ärger'.upperAscii()", "äRGER"],
  ["'a,b'.split(',')", ["a", "b"]],
  ["words.join(' and ')", "red and green"],
  ["[1, null, true].join('-')", "1--true"],
  ["'a.b.c'.replace('.', '$&')", "a$&b$&c"],
  ["'日本語'.substring(1)", "本語"],
  ["'hello'.substring(1, 3)", "el"],
  ["'hello'.indexOf('l')", 2],
  ["'hello'.indexOf('z')", -1],
  ["json(o.tags)", '["x"]'],
  ["parseJson('{\"a\": [1]}').a[0]", 1],
  ["string(1.5)", "1.5"],
  ["string(null)", ""],
  ["string([1])", "[1]"],
  ["number('12.5') + 1", 13.5],
  ["number(' 7 ')", 7],
  ["int('7.9')", 7],
  ["int(-7.9)", -7],
  ["bool('true')", true],
  ["double('1e3')", 1000],
  ["type(list)", "list"],
  ["round(2.5)", 3],
  ["round(-2.5)", -3],
  ["round(1.005, 2)", 1.01],
  ["round(1234.5, -2)", 1200],
  ["floor(-1.5)", -2],
  ["ceil(1.2)", 2],
  ["abs(-3)", 3],
  ["min(3, 1, 2)", 1],
  ["max(list)", 3],
  ["orders.map(o, o.total).sum()", 40],
  ["first(list)", 3],
  ["last(words)", "green"],
  ["first([])", null],
  ["keys({'b': 1, 'a': 2})", ["b", "a"]],
  ["formatDate('2026-03-05T14:07:09Z', 'DD.MM.YYYY HH:mm:ss')", "05.03.2026 14:07:09"],
  ["formatDate('2026-03-05', 'D/M/YYYY')", "5/3/2026"],
  ["formatDate(0, 'YYYY-MM-DD')", "1970-01-01"],
  // comments and white space
  ["n // the number", 5],
  ["\n  n\n+ 1\n", 6],
];

describe("expressions", () => {
  it.each(CASES)("%s", (source, expected) => {
    expect(value(source)).toEqual(expected);
  });

  it("give back JSON values, never a BigInt or a class of the library", () => {
    for (const [source] of CASES) expect(JSON.parse(JSON.stringify(value(source)))).toEqual(value(source));
  });

  it.each<[string, string]>([
    ["", "expr.empty"],
    ["n +", "expr.unfinished"],
    ["n ++ 2", "expr.unexpected"],
    ["'open", "expr.open-quote"],
    ["n = 5", "expr.single-equals"],
    ["while + 1", "expr.reserved-word"],
    ["list.map(1, 2)", "expr.macro-variable"],
    ["b'bytes'", "expr.unsupported"],
    ["unknown + 1", "expr.unknown-name"],
    ["n.field", "expr.no-fields"],
    ["s > 3", "expr.operands"],
    ["z > 3", "expr.operands"],
    ["n + t", "expr.operands"],
    ["'a' - 'b'", "expr.operands"],
    ["-s", "expr.operand"],
    ["!n", "expr.not-bool"],
    ["s ? 1 : 2", "expr.not-bool"],
    ["t && n", "expr.not-bool"],
    ["n / 0", "expr.division-by-zero"],
    ["n % 0", "expr.division-by-zero"],
    ["1e308 * 10", "expr.overflow"],
    ["'x' in s", "expr.operands"],
    ["trimm(s)", "expr.unknown-function-near"],
    ["launchRocket()", "expr.unknown-function"],
    ["constructor(1)", "expr.unknown-function"],
    ["replace(s, 'a')", "expr.arity"],
    ["trim(n)", "expr.argument"],
    ["number('twelve')", "expr.argument"],
    ["parseJson('{')", "expr.argument"],
    ["s.matches('(')", "expr.argument"],
    ["formatDate('soon', 'YYYY')", "expr.argument"],
    ["list.filter(x, x)", "expr.not-bool"],
    ["n.map(x, x)", "expr.argument"],
  ])("%s is refused with %s", (source, code) => {
    expect(() => value(source)).toThrow(expect.objectContaining({ code }) as HeddleError);
  });

  it("name the expression and the values when something goes wrong", () => {
    const failure = (() => {
      try {
        value("o.price > s");
      } catch (thrown) {
        return thrown as HeddleError;
      }
    })();
    expect(failure?.params).toMatchObject({
      source: "o.price > s",
      operator: ">",
      left: "12.5",
      right: '"Ada Lovelace"',
    });
  });

  it("can't reach what isn't theirs", () => {
    expect(value("o.constructor")).toBeNull();
    expect(value("o.__proto__")).toBeNull();
    expect(() => value("list.length")).toThrow(HeddleError);
    expect(() => value("toString")).toThrow(HeddleError);
  });

  it("withstand deep nesting with a sentence instead of a crash", () => {
    const deep = `${"(".repeat(5000)}1${")".repeat(5000)}`;
    expect(() => compileExpression(deep)).toThrow(expect.objectContaining({ code: "expr.too-large" }) as HeddleError);
  });
});

describe("lists, dates and numbers as analysts need them", () => {
  it.each<[string, JsonValue]>([
    ["sort(list)", [1, 2, 3]],
    ["words.sort().reverse()", ["red", "green"]],
    ["[]. sort()", []],
    ["unique([1, 2, 1, {'a': 1}, {'a': 1.0}, null, null])", [1, 2, { a: 1 }, null]],
    ["flatten([[1, 2], [3], 4, []])", [1, 2, 3, 4]],
    ["range(3)", [0, 1, 2]],
    ["range(2, 5).map(i, i * i)", [4, 9, 16]],
    ["range(5, 2)", []],
    ["slice(list, 1)", [1, 2]],
    ["slice('hello', -3, -1)", "ll"],
    ["average(orders.map(o, o.total))", 20],
    ["average([])", null],
    ["values({'a': 1, 'b': 2})", [1, 2]],
    ["sum(orders.filter(o, o.total > 15).map(o, o.total))", 30],
    ["formatNumber(1234567.891, 2)", "1,234,567.89"],
    ["formatNumber(-1234.5, 2, '.', ',')", "-1.234,50"],
    ["formatNumber(999.6)", "1,000"],
    ["formatNumber(-0.001, 2)", "0.00"],
    ["addTime('2026-01-31', 1, 'months')", "2026-02-28"],
    ["addTime('2024-02-29', -1, 'years')", "2023-02-28"],
    ["addTime('2026-03-01', -1, 'days')", "2026-02-28"],
    ["addTime('2026-03-01T10:00:00Z', 90, 'minutes')", "2026-03-01T11:30:00.000Z"],
    ["addTime('2026-03-01', 1, 'hours')", "2026-03-01T01:00:00.000Z"],
    ["addTime(0, 1, 'weeks')", 604800000],
    ["timeBetween('2026-03-01', '2026-03-08', 'days')", 7],
    ["timeBetween('2026-03-01T12:00:00', '2026-03-01', 'hours')", -12],
  ])("%s", (source, expected) => {
    expect(value(source)).toEqual(expected);
  });

  it.each([
    "sort([1, 'a'])",
    "sort([{}])",
    "range(1000000)",
    "average(['a'])",
    "addTime('soon', 1, 'days')",
    "addTime('2026-01-01', 1, 'moons')",
    "addTime('2026-01-01', 0.5, 'months')",
    "timeBetween('2026-01-01', '2026-02-01', 'months')",
    "formatNumber(1, 0.5)",
  ])("%s is refused in words", (source) => {
    expect(() => value(source)).toThrow(expect.objectContaining({ code: "expr.argument" }) as HeddleError);
  });
});
