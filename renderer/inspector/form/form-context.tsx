import { createContext, use, useCallback } from "react";
import { pathText, type Problem } from "../../../engine/flow/index.ts";
import type { JsonValue } from "../../../engine/lib/json.ts";
import { isJsonObject } from "../../../engine/lib/json.ts";
import { configure } from "../../document/edits.ts";
import { useDocument } from "../../document/store.ts";
import { useNodeProblems } from "../../canvas/node/use-node.ts";

export type FieldPath = readonly (string | number)[];

/** The node whose form this is. */
const FormContext = createContext<string>("");
export const FormProvider = FormContext;
export const useFormNode = (): string => use(FormContext);

export function valueAt(value: JsonValue | undefined, path: FieldPath): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((at, step) => {
    if (Array.isArray(at) && typeof step === "number") return at[step];
    return isJsonObject(at) && typeof step === "string" ? at[step] : undefined;
  }, value);
}

/** One place of the node's config: what it holds and how it is set. Renders only when that place changes. */
export function useConfig(path: FieldPath): [JsonValue | undefined, (value: JsonValue | undefined) => void] {
  const node = useFormNode();
  const value = useDocument((state) => valueAt(state.flow.nodes[node]?.config, path));
  const place = JSON.stringify(path);
  const set = useCallback(
    (next: JsonValue | undefined) =>
      void configure(node, ["config", ...(JSON.parse(place) as (string | number)[])], next),
    [node, place],
  );
  return [value, set];
}

/** What is wrong with one field, not counting the fields inside it. */
export function useFieldProblems(path: FieldPath): readonly Problem[] {
  const field = pathText(path);
  return useNodeProblems(useFormNode()).filter((problem) => problem.field === field);
}

export const useReadOnly = (): boolean => useDocument((state) => !state.editable);
