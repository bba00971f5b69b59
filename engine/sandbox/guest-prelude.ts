import { CONSOLE_METHODS } from "../lib/guest-console.ts";

/**
 * Evaluated in the guest before the author's code. Takes hold of the built-ins it needs, so that the author's changes to them can't
 * reach it, and gives back `parse` and `write`: JSON in, and JSON out with what JSON can't hold refused by name.
 * `print` is the only host function that the guest has; it is reachable through console alone. Chance and time are given: the same seed and
 * the same moment make the same run.
 */
export const PRELUDE = `(function (print, seed, now, outputLimit) {
  "use strict";
  const { parse, stringify } = JSON;
  const { isFinite } = Number;
  const cut = Function.prototype.call.bind(String.prototype.slice);
  const { construct } = Reflect;
  const toText = String;
  const { defineProperty } = Object;
  const TypeErrorOf = TypeError;
  const shown = (value) => {
    if (typeof value === "string") return value;
    if (value instanceof Error) return toText(value);
    try {
      const text = stringify(value);
      return text === undefined ? toText(value) : text;
    } catch {
      return toText(value);
    }
  };
  const log = (...values) => {
    let line = "";
    for (let i = 0; i < values.length; i++) line += (i === 0 ? "" : " ") + shown(values[i]);
    print(cut(line, 0, 20000));
  };
  const console = {};
  for (const name of ${JSON.stringify(CONSOLE_METHODS)}) {
    defineProperty(console, name, { value: log, enumerable: true });
  }
  defineProperty(globalThis, "console", { value: console, writable: true, configurable: true });
  let state = seed | 0;
  const next = () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = imul(z, 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  const { imul } = Math;
  defineProperty(Math, "random", {
    value: () => ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992,
    writable: true,
    configurable: true,
  });
  const RealDate = Date;
  function FixedDate(...parts) {
    if (new.target === undefined) return toText(new RealDate(now));
    return construct(RealDate, parts.length === 0 ? [now] : parts, new.target);
  }
  FixedDate.prototype = RealDate.prototype;
  defineProperty(RealDate.prototype, "constructor", { value: FixedDate, writable: true, configurable: true });
  for (const [name, value] of [["now", () => now], ["parse", RealDate.parse], ["UTC", RealDate.UTC]]) {
    defineProperty(FixedDate, name, { value, writable: true, configurable: true });
  }
  defineProperty(FixedDate, "name", { value: "Date" });
  defineProperty(globalThis, "Date", { value: FixedDate, writable: true, configurable: true });
  delete globalThis.performance;
  const kinds = [[Map, "a Map"], [Set, "a Set"], [WeakMap, "a WeakMap"], [RegExp, "a regular expression"], [Promise, "a promise"],
    [ArrayBuffer, "binary data"]];
  const refuse = (what) => { throw new TypeErrorOf("heddle:" + what); };
  const check = (key, value) => {
    if (key === "__proto__") refuse('a field named "__proto__"');
    switch (typeof value) {
      case "function": refuse("a function");
      case "symbol": refuse("a symbol");
      case "bigint": refuse("a bigint");
      case "number": return isFinite(value) ? value : refuse("the number " + value);
      case "object":
        for (let i = 0; i < kinds.length; i++) if (value instanceof kinds[i][0]) refuse(kinds[i][1]);
    }
    return value;
  };
  const write = (value) => {
    const text = value === undefined ? "null" : stringify(value, check);
    if (text.length > outputLimit) throw new TypeErrorOf("heddle-output:");
    return text;
  };
  return { parse, write };
})`;
