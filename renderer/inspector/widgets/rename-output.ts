import type { JsonObject } from "../../../engine/lib/json.ts";
import { edit } from "../../document/edits.ts";
import type { FieldPath } from "../form/form-context.tsx";
import { renameIn } from "./rows.tsx";

/** Renames a field that the step's output has under the same name: later steps that refer to it follow. One edit for undo. */
export function renameOutput(node: string, path: FieldPath, change: { fields: JsonObject; from: string; to: string }) {
  const { fields, from, to } = change;
  edit({
    do: "batch",
    commands: [
      { do: "node.configure", key: node, path: ["config", ...path], value: renameIn(fields, from, to) },
      { do: "field.rename", key: node, from, to },
    ],
  });
}
