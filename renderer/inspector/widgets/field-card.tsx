import { Settings2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { JsonSchema } from "../../../engine/lib/json.ts";
import { IconButton, Select } from "../../ui/index.ts";
import { useConfig, useReadOnly, type FieldPath } from "../form/form-context.tsx";
import { SchemaField } from "../form/schema-field.tsx";
import { useChoices } from "./use-choices.ts";
import { identifier, NameInput, RemoveButton } from "./rows.tsx";

interface FieldCardProps {
  path: FieldPath;
  name: string;
  names: readonly string[];
  /** What a field is made of: its `type` shows in the line, everything else below it. */
  schema: JsonSchema;
  onRename: (to: string) => void;
  onRemove: () => void;
}

/** Settings that only make sense for some types. */
const ONLY_FOR: Record<string, readonly string[]> = { multiline: ["string"], choices: ["choice"] };

/** One field of a form as a line: name and type, and behind a button everything else about it. */
export function FieldCard({ path, name, names, schema, onRename, onRemove }: FieldCardProps) {
  const { t } = useTranslation("inspector");
  const [type, setType] = useConfig([...path, "type"]);
  const [open, setOpen] = useState(false);
  const readOnly = useReadOnly();
  const kind = typeof type === "string" ? type : "string";
  const types = useChoices(schema.properties?.["type"] ?? {});
  const details = Object.entries(schema.properties ?? {}).filter(
    ([setting]) => setting !== "type" && (ONLY_FOR[setting]?.includes(kind) ?? true),
  );
  return (
    <div role="group" aria-label={name} className="rounded-[8px] border border-line-2 p-1.5">
      <div className="grid grid-cols-[minmax(0,3fr)_minmax(0,2fr)_auto_auto] items-center gap-1">
        <NameInput value={name} label={t("fields.name")} taken={names} clean={identifier} onRename={onRename} />
        <Select
          value={kind}
          label={t("fields.typeOf", { name })}
          disabled={readOnly}
          onChange={setType}
          options={types}
        />
        <IconButton
          label={t("fields.details", { name })}
          size="sm"
          active={open}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <Settings2 size={13} aria-hidden />
        </IconButton>
        <RemoveButton name={name} onClick={onRemove} />
      </div>
      {(open || kind === "choice") && (
        <div className="flex flex-col gap-2.5 p-1.5 pt-2.5">
          {details
            .filter(([setting]) => open || setting === "choices")
            .map(([setting, property]) => (
              <SchemaField key={setting} path={[...path, setting]} schema={property} />
            ))}
        </div>
      )}
    </div>
  );
}
