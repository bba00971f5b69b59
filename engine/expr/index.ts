export { compileExpression, compileParsed, compileTemplate } from "./compile.ts";
export type { Evaluate, ExprScope } from "./evaluate.ts";
export { FUNCTIONS } from "./functions.ts";
export { parseExpression, type Expression } from "./parse.ts";
export type { ExprProblem } from "./problem.ts";
export { references, renameReference, type FieldKind, type Reference } from "./references.ts";
export { onlySlot, parseTemplate, slotsOf, type Template, type TemplateSlot } from "./template.ts";
export { toText } from "./values.ts";
