import { HeddleError } from "../lib/errors/error.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../lib/json.ts";
import type { Ast, bindingMacro } from "./ast.ts";
import type { Evaluate, ExprScope } from "./evaluate.ts";
import { shown } from "./values.ts";

type Macro = NonNullable<ReturnType<typeof bindingMacro>>;
type Each = (item: JsonValue) => JsonValue;

/** `items.filter(x, …)` and its kin. Over an object they visit its field names. */
export function compileMacro(macro: Macro, compile: (ast: Ast) => Evaluate): Evaluate {
  const over = compile(macro.over);
  const bodies = macro.bodies.map(compile);
  const variable = macro.variable.args;
  return (scope) => {
    const items = visited(over(scope), macro.name);
    const inner = innerScope(scope, variable);
    const [first, second] = bodies.map((body): Each => (item) => {
      inner[variable] = item;
      return body(inner);
    });
    return runMacro(macro.name, items, [first!, second]);
  };
}

/** A scope with a place for the variable. Values that are read on demand stay unread. */
function innerScope(scope: ExprScope, variable: string): JsonObject {
  const inner: JsonObject = Object.defineProperties({}, Object.getOwnPropertyDescriptors(scope));
  return Object.defineProperty(inner, variable, { value: null, writable: true, enumerable: true, configurable: true });
}

function visited(value: JsonValue, name: string): JsonValue[] {
  if (Array.isArray(value)) return value;
  if (isJsonObject(value)) return Object.keys(value);
  throw new HeddleError("expr.argument", { name, value: shown(value) });
}

function runMacro(name: string, items: JsonValue[], [body, then]: [Each, Each | undefined]): JsonValue {
  const holds = (item: JsonValue): boolean => {
    const value = body(item);
    if (typeof value !== "boolean") throw new HeddleError("expr.not-bool", { operator: name, value: shown(value) });
    return value;
  };
  switch (name) {
    case "map":
      return then ? items.filter(holds).map(then) : items.map(body);
    case "filter":
      return items.filter(holds);
    case "all":
      return !decidedBy(items, holds, false);
    case "exists":
      return decidedBy(items, holds, true);
    default:
      return items.filter(holds).length === 1;
  }
}

/** Whether any item gives `wanted`; an error counts only where no other item decides. */
function decidedBy(items: JsonValue[], holds: (item: JsonValue) => boolean, wanted: boolean): boolean {
  let failure: unknown;
  for (const item of items) {
    try {
      if (holds(item) === wanted) return true;
    } catch (thrown) {
      failure ??= thrown;
    }
  }
  if (failure !== undefined) throw failure;
  return false;
}
