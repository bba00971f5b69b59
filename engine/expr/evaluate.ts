import { HeddleError } from "../lib/errors/error.ts";
import { isJsonObject, type JsonValue } from "../lib/json.ts";
import { suggest } from "../lib/suggest.ts";
import { bindingMacro, type Ast } from "./ast.ts";
import { FUNCTIONS, type ExprFunction, type ParameterType } from "./functions.ts";
import { compileMacro } from "./macros.ts";
import { OPERATORS } from "./operators.ts";
import { shown, toText, typeName } from "./values.ts";

/** What references resolve to: step keys and macro variables. */
export type ExprScope = Readonly<Record<string, JsonValue>>;
export type Evaluate = (scope: ExprScope) => JsonValue;

/**
 * Turns a parsed expression into closures, once. Evaluation has no effects and no eval, and yields plain JSON values.
 * What isn't there (a missing field, an index past the end, a field of null) is null.
 */
export function compileAst(ast: Ast): Evaluate {
  switch (ast.op) {
    case "value":
      return literal(ast);
    case "id": {
      const name = ast.args;
      return (scope) => (Object.hasOwn(scope, name) ? scope[name]! : unknownName(name, scope));
    }
    case ".":
    case ".?": {
      const [inner, name] = [compileAst(ast.args[0]), ast.args[1]];
      return (scope) => member(inner(scope), name);
    }
    case "[]":
    case "[?]": {
      const [inner, index] = [compileAst(ast.args[0]), compileAst(ast.args[1])];
      return (scope) => member(inner(scope), index(scope));
    }
    case "call":
      return compileCall(ast.args[0], ast.args[1]);
    case "rcall":
      return bindingMacro(ast)
        ? compileMacro(bindingMacro(ast)!, compileAst)
        : compileCall(ast.args[0], [ast.args[1], ...ast.args[2]]);
    case "list": {
      const items = ast.args.map(compileAst);
      return (scope) => items.map((item) => item(scope));
    }
    case "map":
      return compileMap(ast.args);
    default:
      return compileOperator(ast);
  }
}

function literal(ast: Ast & { op: "value" }): Evaluate {
  const value = ast.args;
  if (value instanceof Uint8Array)
    throw new HeddleError("expr.unsupported", { what: ast.input.slice(ast.start, ast.end) });
  const plain =
    typeof value === "bigint"
      ? Number(value)
      : typeof value === "object" && value !== null
        ? Number(value.valueOf())
        : value;
  return () => plain;
}

function compileMap(entries: [Ast, Ast][]): Evaluate {
  const compiled = entries.map(([key, value]) => [compileAst(key), compileAst(value)] as const);
  return (scope) => Object.fromEntries(compiled.map(([key, value]) => [toText(key(scope)), value(scope)]));
}

function compileOperator(ast: Ast): Evaluate {
  switch (ast.op) {
    case "&&":
    case "||":
      return compileLogic(ast);
    case "?:": {
      const [test, yes, no] = ast.args.map(compileAst) as [Evaluate, Evaluate, Evaluate];
      return (scope) => (truth(test(scope), "?:") ? yes(scope) : no(scope));
    }
    case "!_": {
      const inner = compileAst(ast.args);
      return (scope) => !truth(inner(scope), "!");
    }
    case "-_": {
      const inner = compileAst(ast.args);
      return (scope) => {
        const value = inner(scope);
        if (typeof value !== "number")
          throw new HeddleError("expr.operand", { operator: "-", value: shown(value), type: typeName(value) });
        return 0 - value;
      };
    }
    default: {
      const [left, right] = (ast.args as [Ast, Ast]).map(compileAst) as [Evaluate, Evaluate];
      const run = OPERATORS[ast.op as keyof typeof OPERATORS];
      return (scope) => run(left(scope), right(scope));
    }
  }
}

/** One side that decides is enough, whichever it is: `false && x.broken` and `x.broken && false` are both false. */
function compileLogic(ast: Ast & { op: "&&" | "||" }): Evaluate {
  const [left, right] = ast.args.map(compileAst) as [Evaluate, Evaluate];
  const deciding = ast.op === "||";
  return (scope) => {
    let first: boolean;
    try {
      first = truth(left(scope), ast.op);
    } catch (failure) {
      if (truth(right(scope), ast.op) === deciding) return deciding;
      throw failure;
    }
    return first === deciding ? deciding : truth(right(scope), ast.op);
  };
}

function truth(value: JsonValue, operator: string): boolean {
  if (typeof value === "boolean") return value;
  throw new HeddleError("expr.not-bool", { operator, value: shown(value) });
}

function member(holder: JsonValue, key: JsonValue): JsonValue {
  if (holder === null) return null;
  if (Array.isArray(holder) && typeof key === "number") return holder[key] ?? null;
  if (isJsonObject(holder) && typeof key !== "object")
    return Object.hasOwn(holder, String(key)) ? (holder[String(key)] ?? null) : null;
  throw new HeddleError("expr.no-fields", { field: toText(key), value: shown(holder) });
}

function unknownName(name: string, scope: ExprScope): never {
  throw new HeddleError("expr.unknown-name", { name, known: Object.keys(scope).slice(0, 12).join(", ") });
}

function compileCall(name: string, args: Ast[]): Evaluate {
  if (name === "has" && args.length === 1) return compileHas(args[0]!);
  const called = FUNCTIONS[name];
  if (!called) {
    const near = suggest(name, Object.keys(FUNCTIONS));
    throw near
      ? new HeddleError("expr.unknown-function-near", { name, near })
      : new HeddleError("expr.unknown-function", { name });
  }
  const range = arity(called);
  if (args.length < range.least || args.length > range.most)
    throw new HeddleError("expr.arity", { name, given: args.length, ...range });
  const compiled = args.map(compileAst);
  return (scope) => {
    const values = compiled.map((arg) => arg(scope));
    const wrong = values.findIndex((value, index) => !accepts(called.parameters[index]!, value));
    const result = wrong === -1 ? called.run(...values) : undefined;
    if (result === undefined)
      throw new HeddleError("expr.argument", { name, value: shown(values[Math.max(wrong, 0)]!) });
    if (typeof result !== "number") return result;
    return Number.isFinite(result) ? result + 0 : null;
  };
}

export function arity(called: ExprFunction): { least: number; most: number } {
  return { least: called.parameters.length - (called.optional ?? 0), most: called.parameters.length };
}

function accepts(parameter: ParameterType, value: JsonValue): boolean {
  if (parameter === "any") return true;
  const type = typeName(value);
  if (parameter === "text-or-list") return type === "string" || type === "list";
  if (parameter === "text-or-number") return type === "string" || type === "number";
  return parameter === type;
}

/** `has(a.b)`: whether the field is there and isn't null. */
function compileHas(ast: Ast): Evaluate {
  const inner = compileAst(ast);
  return (scope) => inner(scope) !== null;
}
