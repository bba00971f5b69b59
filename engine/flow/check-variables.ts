import { suggest } from "../lib/suggest.ts";
import type { Use } from "./check-references.ts";
import { problem, type Problem, type QuickFix } from "./problem.ts";
import type { World } from "./scope.ts";

/** What is wrong with a reference to a variable: nobody sets it, or perhaps only afterwards. */
export function checkVariable({ variables, graph }: World, use: Use): Problem | undefined {
  const { node, reference, text } = use;
  const [name] = reference.path;
  if (typeof name !== "string") return undefined;
  const writers = variables.writers.get(name);
  if (!writers) return unknownVariable(use, name, suggest(name, [...variables.writers.keys()]));
  const writer = variables.unorderedWriter(name, node);
  if (writer === undefined) return undefined;
  return problem("flow.variable-race", "warning", {
    reference: text,
    name,
    writer: graph.keys[writer]!,
    node: use.key,
  });
}

function unknownVariable({ key, site, reference, text }: Use, name: string, near: string | undefined): Problem {
  if (near === undefined || !reference.field)
    return problem("flow.variable-unknown", "error", { reference: text, name });
  const written = reference.field.quoted ? JSON.stringify(near) : near;
  const value = site.value.slice(0, reference.field.start) + written + site.value.slice(reference.field.end);
  const fix: QuickFix = {
    label: "fix.replace",
    params: { to: near },
    command: { do: "node.configure", key, path: ["config", ...site.keys], value },
  };
  return problem("flow.variable-unknown-near", "error", { reference: text, name, near }, { fixes: [fix] });
}
