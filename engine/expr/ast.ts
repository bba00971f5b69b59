import type { ASTNode } from "@marcbachmann/cel-js";

/** A parsed CEL expression. `start` and `end` of every node are offsets in the expression's own text. */
export type Ast = ASTNode;

/** Macros that bind a variable: `items.filter(item, item.price > 10)`. */
const BINDING_MACROS = new Set(["all", "exists", "exists_one", "existsOne", "map", "filter"]);

/** The variable that a macro call introduces, with its receiver and the arguments that may use it; undefined for plain calls. */
export function bindingMacro(
  ast: Ast,
): { name: string; over: Ast; variable: Ast & { op: "id" }; bodies: Ast[] } | undefined {
  if (ast.op !== "rcall") return undefined;
  const [name, over, args] = ast.args;
  const [variable, ...bodies] = args;
  if (!BINDING_MACROS.has(name) || variable?.op !== "id" || bodies.length === 0) return undefined;
  return { name, over, variable, bodies };
}

/** Direct sub-expressions, in the order of the text. Macro variables are not among them. */
export function children(ast: Ast): Ast[] {
  switch (ast.op) {
    case "value":
    case "id":
      return [];
    case ".":
    case ".?":
      return [ast.args[0]];
    case "call":
      return ast.args[1];
    case "rcall": {
      const macro = bindingMacro(ast);
      return macro ? [macro.over, ...macro.bodies] : [ast.args[1], ...ast.args[2]];
    }
    case "list":
      return ast.args;
    case "map":
      return ast.args.flat();
    case "!_":
    case "-_":
      return [ast.args];
    default:
      return ast.args;
  }
}
