import type { JsonSchema, JsonValue } from "../lib/json.ts";
import { suggest } from "../lib/suggest.ts";
import { bindingMacro, type Ast } from "./ast.ts";
import type { Findings, Needed } from "./findings.ts";
import { arity } from "./evaluate.ts";
import { FUNCTIONS, type ParameterType } from "./functions.ts";
import { exprProblem } from "./problem.ts";
import { resultOf } from "./results.ts";
import { ANY, BOOL, fieldOf, itemOf, NUMBER, STRING, typeNames, unionOf, wordsOf } from "./schema-types.ts";
import type { TypeName } from "./values.ts";

/** What names stand for. `get` gives undefined for a name that isn't known. */
export interface TypeScope {
  get(name: string): JsonSchema | undefined;
  names(): readonly string[];
}

/** Works out what an expression yields, as a JSON Schema, and notes what can't work. */
export class Inference {
  private readonly findings: Findings;

  constructor(findings: Findings) {
    this.findings = findings;
  }

  infer(ast: Ast, scope: TypeScope): JsonSchema {
    switch (ast.op) {
      case "value":
        return literalSchema(ast.args);
      case "id":
        return scope.get(ast.args) ?? this.unknownName(ast, ast.args, scope);
      case ".":
      case ".?":
        return this.field(ast, this.infer(ast.args[0], scope), { name: ast.args[1], holder: ast.args[0] });
      case "[]":
      case "[?]":
        return this.index(ast as Ast & { op: "[]" }, scope);
      case "call":
        return this.call(ast, scope, { name: ast.args[0], args: ast.args[1] });
      case "rcall":
        return this.method(ast, scope);
      case "list":
        return {
          type: "array",
          ...(ast.args.length > 0 && { items: unionOf(ast.args.map((item) => this.infer(item, scope))) }),
        };
      case "map":
        return this.map(ast, scope);
      default:
        return this.operator(ast, scope);
    }
  }

  private unknownName(ast: Ast, name: string, scope: TypeScope): JsonSchema {
    const near = suggest(name, scope.names());
    if (near === undefined)
      this.findings.report("expr.unknown-name", ast, { name, known: scope.names().slice(0, 12).join(", ") });
    else this.findings.replace("expr.unknown-name-near", ast, { params: { name, near }, text: near });
    return ANY;
  }

  private field(ast: Ast, schema: JsonSchema, { name, holder }: { name: string; holder: Ast }): JsonSchema {
    const types = typeNames(schema);
    if (types && !types.has("map")) {
      this.findings.report("expr.no-field-here", holder, { field: name });
      return ANY;
    }
    const found = fieldOf(schema, name);
    if ("schema" in found) return found.schema;
    const near = suggest(name, found.known);
    const params = { field: name, holder: this.findings.text(holder), known: found.known.join(", ") };
    const range = { start: ast.end - name.length, end: ast.end };
    if (near === undefined || ast.op !== ".")
      this.findings.problems.push(exprProblem("expr.unknown-field", params, ast));
    else this.findings.replace("expr.unknown-field-near", range, { params: { ...params, near }, text: near });
    return ANY;
  }

  private index(ast: Ast & { op: "[]" }, scope: TypeScope): JsonSchema {
    const [holder, index] = ast.args;
    const schema = this.infer(holder, scope);
    const by = this.infer(index, scope);
    if (index.op === "value" && typeof index.args === "string")
      return this.field(ast, schema, { name: index.args, holder });
    const types = typeNames(schema);
    if (types && !types.has("list") && !types.has("map")) {
      this.findings.report("expr.needs-list", holder, { by: "[ ]" });
      return ANY;
    }
    if (types?.has("list") && !types.has("map")) {
      this.findings.need(index, by, "number", "[ ]");
      return unionOf([itemOf(schema), { type: "null" }]);
    }
    return ANY;
  }

  private map(ast: Ast & { op: "map" }, scope: TypeScope): JsonSchema {
    const properties: Record<string, JsonSchema> = {};
    for (const [key, value] of ast.args) {
      const schema = this.infer(value, scope);
      if (key.op === "value" && typeof key.args === "string") properties[key.args] = schema;
    }
    return { type: "object", properties, required: Object.keys(properties), additionalProperties: true };
  }

  private method(ast: Ast & { op: "rcall" }, scope: TypeScope): JsonSchema {
    const macro = bindingMacro(ast);
    if (!macro) return this.call(ast, scope, { name: ast.args[0], args: [ast.args[1], ...ast.args[2]] });
    const over = this.infer(macro.over, scope);
    const types = typeNames(over);
    if (types && !types.has("list") && !types.has("map"))
      this.findings.report("expr.needs-list", macro.over, { by: macro.name });
    else this.findings.doubt(macro.over, over, { fits: ["list", "map"], by: macro.name });
    const variable = macro.variable.args;
    const item = types ? visitedItem(over, types) : ANY;
    const inner: TypeScope = {
      get: (name) => (name === variable ? item : scope.get(name)),
      names: () => [variable, ...scope.names()],
    };
    const bodies = macro.bodies.map((body) => this.infer(body, inner));
    return this.macroResult(macro, bodies, item);
  }

  private macroResult(
    macro: NonNullable<ReturnType<typeof bindingMacro>>,
    bodies: JsonSchema[],
    item: JsonSchema,
  ): JsonSchema {
    const isTransform = macro.name === "map" && bodies.length === 1;
    if (!isTransform) this.findings.need(macro.bodies[0]!, bodies[0]!, "bool", macro.name);
    if (macro.name === "map") return { type: "array", items: bodies.at(-1)! };
    return macro.name === "filter" ? { type: "array", items: item } : BOOL;
  }

  private call(ast: Ast, scope: TypeScope, { name, args }: { name: string; args: Ast[] }): JsonSchema {
    const types = args.map((arg) => this.infer(arg, scope));
    if (name === "has" && args.length === 1) return BOOL;
    const called = FUNCTIONS[name];
    if (!called) {
      const near = suggest(name, Object.keys(FUNCTIONS));
      if (near === undefined) this.findings.report("expr.unknown-function", ast, { name });
      else this.findings.report("expr.unknown-function-near", ast, { name, near });
      return ANY;
    }
    const range = arity(called);
    if (args.length < range.least || args.length > range.most)
      this.findings.report("expr.arity", ast, { name, given: args.length, ...range });
    else
      for (const [index, arg] of args.entries())
        this.argument(arg, types[index]!, { name, parameter: called.parameters[index]! });
    return resultOf(called, name, types);
  }

  private argument(
    ast: Ast,
    schema: JsonSchema,
    { name, parameter }: { name: string; parameter: ParameterType },
  ): void {
    if (parameter === "any" || parameter === "null") return;
    if (parameter !== "text-or-list" && parameter !== "text-or-number")
      return this.findings.need(ast, schema, parameter, name);
    const other: Needed = parameter === "text-or-list" ? "list" : "number";
    const types = typeNames(schema);
    if (types && !types.has("string") && !types.has(other)) this.findings.report("expr.needs-text", ast, { by: name });
    else this.findings.doubt(ast, schema, { fits: ["string", other], by: name });
  }

  private operator(ast: Ast, scope: TypeScope): JsonSchema {
    switch (ast.op) {
      case "!_":
        this.findings.need(ast.args, this.infer(ast.args, scope), "bool", "!");
        return BOOL;
      case "-_":
        this.findings.need(ast.args, this.infer(ast.args, scope), "number", "-");
        return NUMBER;
      case "?:": {
        const [test, yes, no] = ast.args;
        this.findings.need(test, this.infer(test, scope), "bool", "?");
        return unionOf([this.infer(yes, scope), this.infer(no, scope)]);
      }
      case "&&":
      case "||":
        for (const side of ast.args) this.findings.need(side, this.infer(side, scope), "bool", ast.op);
        return BOOL;
      default:
        return this.binary(ast as Ast & { op: "+" }, scope);
    }
  }

  private binary(ast: Ast & { op: "+" }, scope: TypeScope): JsonSchema {
    const [left, right] = ast.args;
    const [a, b] = [this.infer(left, scope), this.infer(right, scope)];
    switch (ast.op as string) {
      case "+":
        return this.addition(ast, a, b);
      case "==":
      case "!=":
        this.equality(ast, { left: a, right: b });
        return BOOL;
      case "in":
        this.membership(ast, a, b);
        return BOOL;
      case "<":
      case "<=":
      case ">":
      case ">=":
        this.pairUp(ast, { left: a, right: b }, ORDERED);
        return BOOL;
      default:
        this.findings.need(left, a, "number", ast.op);
        this.findings.need(right, b, "number", ast.op);
        return NUMBER;
    }
  }

  private addition(ast: Ast & { op: "+" }, a: JsonSchema, b: JsonSchema): JsonSchema {
    const [types, others] = [typeNames(a), typeNames(b)];
    if (!types || !others) return ANY;
    if (!this.pairUp(ast, { left: a, right: b }, ADDABLE)) return ANY;
    const results: JsonSchema[] = [];
    if (types.has("string") || others.has("string")) results.push(STRING);
    if (types.has("number") && others.has("number")) results.push(NUMBER);
    if (types.has("list") && others.has("list"))
      results.push({ type: "array", items: unionOf([itemOf(a), itemOf(b)]) });
    return unionOf(results);
  }

  /** Notes pairs of kinds that an operator doesn't take. False where it takes none of those that there may be. */
  private pairUp(
    ast: Ast & { op: "+" },
    sides: { left: JsonSchema; right: JsonSchema },
    takes: (a: TypeName, b: TypeName) => boolean,
  ): boolean {
    const [left, right] = ast.args;
    const [types, others] = [typeNames(sides.left), typeNames(sides.right)];
    if (!types || !others) return true;
    const taken = [...types].flatMap((type) => [...others].map((other) => takes(type, other)));
    const filled = withoutEmpty(types).flatMap((type) => withoutEmpty(others).map((other) => takes(type, other)));
    if (!taken.includes(true)) {
      const params = { operator: ast.op, left: this.findings.text(left), right: this.findings.text(right) };
      this.findings.report("expr.different-kinds", ast, params);
      return false;
    }
    if (filled.includes(false)) this.findings.mayDiffer(ast, ast.op);
    else if (taken.includes(false)) {
      if (types.has("null")) this.findings.mayBeEmpty(left, sides.left, ast.op);
      if (others.has("null")) this.findings.mayBeEmpty(right, sides.right, ast.op);
    }
    return true;
  }

  /** Comparing with a word that the other side can never be is surely a slip. */
  private equality(ast: Ast & { op: "+" }, sides: { left: JsonSchema; right: JsonSchema }): void {
    const [left, right] = ast.args;
    for (const [literal, other, schema] of [
      [left, right, sides.right],
      [right, left, sides.left],
    ] as const) {
      if (literal.op !== "value" || typeof literal.args !== "string") continue;
      this.findings.knownWord(literal, other, wordsOf(schema));
    }
    const [types, others] = [typeNames(sides.left), typeNames(sides.right)];
    if (!types || !others || [...types].some((type) => others.has(type))) return;
    if (types.has("null") || others.has("null")) return;
    const params = { operator: ast.op, left: this.findings.text(left), right: this.findings.text(right) };
    this.findings.problems.push(exprProblem("expr.never-equal", params, ast, "warning"));
  }

  private membership(ast: Ast & { op: "+" }, item: JsonSchema, holder: JsonSchema): void {
    const [left, right] = ast.args;
    const types = typeNames(holder);
    if (types && !types.has("list") && !types.has("map")) {
      this.findings.report(types.has("string") ? "expr.use-contains" : "expr.needs-list", right, {
        by: "in",
        item: this.findings.text(left),
      });
      return;
    }
    if (types?.has("null")) this.findings.mayBeEmpty(right, holder, "in");
    const words = wordsOf(item);
    if (right.op !== "list" || !words) return;
    for (const entry of right.args)
      if (entry.op === "value" && typeof entry.args === "string") this.findings.knownWord(entry, left, words);
  }
}

const ADDABLE = (a: TypeName, b: TypeName): boolean =>
  a === "string" || b === "string" || (a === b && (a === "number" || a === "list"));
const ORDERED = (a: TypeName, b: TypeName): boolean => a === b && (a === "number" || a === "string" || a === "bool");

const withoutEmpty = (types: ReadonlySet<TypeName>): TypeName[] => [...types].filter((type) => type !== "null");

/** What a macro visits: a list's entries, an object's field names. */
function visitedItem(schema: JsonSchema, types: ReadonlySet<TypeName>): JsonSchema {
  return unionOf([...(types.has("list") ? [itemOf(schema)] : []), ...(types.has("map") ? [STRING] : [])]);
}

function literalSchema(value: unknown): JsonSchema {
  if (value === null) return { type: "null" };
  if (typeof value === "string" || typeof value === "boolean") return { const: value as JsonValue };
  return typeof value === "number" || typeof value === "bigint" ? NUMBER : ANY;
}
