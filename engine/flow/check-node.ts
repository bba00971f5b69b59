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

/** A type that a project or a package brings is known by what stands before the colon. Another one of theirs would be a guess. */
function lostType(key: string, type: string): Problem | undefined {
  const colon = type.lastIndexOf(":");
  if (colon === -1) return undefined;
  const origin = type.slice(0, colon);
  if (origin === "folder") return problem("flow.lost-project-type", "error", { node: key, type }, { node: key });
  return problem("flow.lost-package-type", "error", { node: key, type, origin }, { node: key });
}

function unknownType(key: string, node: FlowNode, types: NodeTypes): Problem {
  const lost = lostType(key, node.type);
  if (lost) return lost;
  const near = suggest(node.type, types.types());
  if (!near) return problem("flow.unknown-type", "error", { node: key, type: node.type }, { node: key });
  const command = { do: "node.configure" as const, key, path: ["type"], value: near };
  const fixes = [{ label: "fix.change-type", params: { to: near }, command }];
  return problem("flow.unknown-type-near", "error", { node: key, type: node.type, near }, { node: key, fixes });
}
