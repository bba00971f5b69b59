import { useCallback } from "react";
import { parseExpression, references } from "../../../engine/expr/index.ts";
import { useNodeProblems } from "../../canvas/node/use-node.ts";

/** How a reference of a field is to be drawn: as wrong or doubtful where a problem of that field names its root. */
export function useTone(node: string, path: string): (expression: string) => "ok" | "warn" | "bad" {
  const problems = useNodeProblems(node);
  return useCallback(
    (expression) => {
      const here = problems.filter((problem) => problem.field === path);
      if (here.length === 0) return "ok";
      const roots = new Set(references(parseExpression(expression)).map((reference) => reference.root));
      const about = here.find(({ params }) =>
        Object.values(params).some(
          (value) => typeof value === "string" && (roots.has(value) || roots.has(value.split(".")[0]!)),
        ),
      );
      if (!about) return "ok";
      return about.severity === "error" ? "bad" : "warn";
    },
    [problems, path],
  );
}
