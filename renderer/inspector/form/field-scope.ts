import { createContext, use } from "react";
import type { FieldHints } from "../../../engine/node/fields.ts";

/** Where a field is rendered: `body`, at the end of every round; `locals`, before a round; else before the step starts. */
export type FieldScope = FieldHints["within"];

export const FieldScopeContext = createContext<FieldScope>(undefined);
export const useFieldScope = (): FieldScope => use(FieldScopeContext);
