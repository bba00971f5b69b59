import { suggest } from "../lib/suggest.ts";
import type { NodeTypes } from "./node-types.ts";
import { problem, type Problem } from "./problem.ts";
import type { FlowNode } from "./schema.ts";

/** What is wrong with a node by itself: an unknown type, settings that its type doesn't accept. */
export function checkNode(key: string, node: FlowNode, types: NodeTypes): Problem[] {
  if (node.type === "") return [];
  if (!types.has(node.type)) return [unknownType(key, node, types)];
  return types.check(node.type, node.config ?? {}).map((issue) =>
    problem(
      "flow.config",
      "error",
      { node: key, en: issue.message.en, zh: issue.message.zh },
      {
        node: key,
        ...(issue.path !== "" && { field: issue.path }),
        ...(issue.fix && {
          fixes: [
            {
              label: issue.fix.label,
              params: issue.fix.params,
              command: { do: "node.configure", key, path: ["config", ...issue.fix.keys], value: issue.fix.value },
            },
          ],
        }),
      },
    ),
  );
}

function unknownType(key: string, node: FlowNode, types: NodeTypes): Problem {
  const near = suggest(node.type, types.types());
  if (!near) return problem("flow.unknown-type", "error", { node: key, type: node.type }, { node: key });
  const command = { do: "node.configure" as const, key, path: ["type"], value: near };
  const fixes = [{ label: "fix.change-type", params: { to: near }, command }];
  return problem("flow.unknown-type-near", "error", { node: key, type: node.type, near }, { node: key, fixes });
}
