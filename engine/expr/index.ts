export { checkExpression, checkTemplate, type Checked, type CheckScope } from "./check.ts";
export { compileExpression, compileTemplate } from "./compile.ts";
export type { Evaluate, ExprScope } from "./evaluate.ts";
export { parseExpression, type Expression } from "./parse.ts";
export type { TypeScope } from "./infer.ts";
export type { ExprProblem, TextFix } from "./problem.ts";
export { references, renameField, renameReference, type FieldKind, type Reference } from "./references.ts";
export { onlySlot, parseTemplate, type Template, type TemplateSlot } from "./template.ts";
export { emptyLiteral, fieldOf } from "./schema-types.ts";
