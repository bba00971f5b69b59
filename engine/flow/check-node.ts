import { suggest } from "../lib/suggest.ts";
import type { FlowCommand } from "./commands.ts";
import type { ConfigFix, NodeTypes } from "./node-types.ts";
import { problem, type Problem, type QuickFix } from "./problem.ts";
import type { FlowNode } from "./schema.ts";

/**
 * What is wrong with a node by itself: an unknown type, settings that its type doesn't accept. A setting that is still empty is an error
 * once the step is `wired`; before that it is a warning, since whoever put the step there isn't done.
 */
export function checkNode(
  key: string,
  node: FlowNode,
  { types, wired }: { types: NodeTypes; wired: boolean },
): Problem[] {
  if (node.type === "") return [];
  if (!types.has(node.type)) return [unknownType(key, node, types)];
  return types.check(node.type, node.config ?? {}).map((issue) =>
    problem(
      "flow.config",
      issue.missing && !wired ? "warning" : (issue.severity ?? "error"),
      { node: key, en: issue.message.en, zh: issue.message.zh },
      {
        node: key,
        ...(issue.path !== "" && { field: issue.path }),
        ...(issue.fix && { fixes: [configFix(key, issue.fix)] }),
      },
    ),
  );
}

function configFix(key: string, { label, params, changes }: ConfigFix): QuickFix {
  const commands = changes.map(({ keys, value }): FlowCommand => {
    return { do: "node.configure", key, path: ["config", ...keys], ...(value !== undefined && { value }) };
  });
  return { label, params, command: commands.length === 1 ? commands[0]! : { do: "batch", commands } };
}

function unknownType(key: string, node: FlowNode, types: NodeTypes): Problem {
  const near = suggest(node.type, types.types());
  if (!near) return problem("flow.unknown-type", "error", { node: key, type: node.type }, { node: key });
  const command = { do: "node.configure" as const, key, path: ["type"], value: near };
  const fixes = [{ label: "fix.change-type", params: { to: near }, command }];
  return problem("flow.unknown-type-near", "error", { node: key, type: node.type, near }, { node: key, fixes });
}
