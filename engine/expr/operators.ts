import { HeddleError } from "../lib/errors/error.ts";
import { isJsonObject, type JsonValue } from "../lib/json.ts";
import { isEqual, shown, toText, typeName } from "./values.ts";

type Binary = (left: JsonValue, right: JsonValue) => JsonValue;

function mismatch(operator: string, left: JsonValue, right: JsonValue): never {
  throw new HeddleError("expr.operands", {
    operator,
    left: shown(left),
    leftType: typeName(left),
    right: shown(right),
    rightType: typeName(right),
  });
}

const arithmetic =
  (operator: string, run: (left: number, right: number) => number): Binary =>
  (left, right) => {
    if (typeof left !== "number" || typeof right !== "number") return mismatch(operator, left, right);
    return finite(run(left, right), operator);
  };

/** A result as JSON has it: finite, and without a zero that is negative. */
function finite(value: number, operator: string): number {
  if (Number.isFinite(value)) return value + 0;
  throw new HeddleError("expr.overflow", { operator });
}

const division =
  (operator: "/" | "%", run: (left: number, right: number) => number): Binary =>
  (left, right) => {
    if (right === 0) throw new HeddleError("expr.division-by-zero", { left: shown(left) });
    return arithmetic(operator, run)(left, right);
  };

const ordering =
  (operator: string, run: (order: number) => boolean): Binary =>
  (left, right) => {
    const comparable =
      typeof left === typeof right &&
      (typeof left === "number" || typeof left === "string" || typeof left === "boolean");
    if (!comparable) return mismatch(operator, left, right);
    return run(left! < right! ? -1 : left! > right! ? 1 : 0);
  };

/** Numbers add, lists join, and a text takes whatever is added to it. */
const add: Binary = (left, right) => {
  if (typeof left === "number" && typeof right === "number") return finite(left + right, "+");
  if (Array.isArray(left) && Array.isArray(right)) return [...left, ...right];
  if (typeof left === "string" || typeof right === "string") return toText(left) + toText(right);
  return mismatch("+", left, right);
};

const isIn: Binary = (left, right) => {
  if (Array.isArray(right)) return right.some((item) => isEqual(item, left));
  if (isJsonObject(right)) return typeof left !== "object" && Object.hasOwn(right, String(left));
  return mismatch("in", left, right);
};

/** All numbers are of one kind, so `7 / 2` is 3.5. */
export const OPERATORS = {
  "+": add,
  "-": arithmetic("-", (left, right) => left - right),
  "*": arithmetic("*", (left, right) => left * right),
  "/": division("/", (left, right) => left / right),
  "%": division("%", (left, right) => left % right),
  "==": (left, right) => isEqual(left, right),
  "!=": (left, right) => !isEqual(left, right),
  "<": ordering("<", (order) => order < 0),
  "<=": ordering("<=", (order) => order <= 0),
  ">": ordering(">", (order) => order > 0),
  ">=": ordering(">=", (order) => order >= 0),
  in: isIn,
} satisfies Record<string, Binary>;
