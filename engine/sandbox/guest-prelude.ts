/**
 * Evaluated in the guest before the author's code. Takes hold of the built-ins it needs, so that the author's changes to them can't
 * reach it, and gives back `parse` and `write`: JSON in, and JSON out with what JSON can't hold refused by name.
 * `print` is the only host function that the guest has; it is reachable through console alone.
 */
export const PRELUDE = `(function (print) {
  "use strict";
  const { parse, stringify } = JSON;
  const { isFinite } = Number;
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
    print(line);
  };
  const console = {};
  for (const name of ["log", "info", "warn", "error", "debug"]) {
    defineProperty(console, name, { value: log, enumerable: true });
  }
  defineProperty(globalThis, "console", { value: console, writable: true, configurable: true });
  const kinds = [[Map, "a Map"], [Set, "a Set"], [WeakMap, "a WeakMap"], [RegExp, "a regular expression"], [Promise, "a promise"],
    [ArrayBuffer, "binary data"]];
  const refuse = (what) => { throw new TypeErrorOf("heddle:" + what); };
  const check = (key, value) => {
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
  return { parse, write: (value) => (value === undefined ? "null" : stringify(value, check)) };
})`;
