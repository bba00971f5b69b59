import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { JsonSchema } from "../../../engine/lib/json.ts";
import { fieldHints } from "../../document/field-hints.ts";
import { cn } from "../../ui/index.ts";
import type { FieldPath } from "./form-context.tsx";
import { SchemaField } from "./schema-field.tsx";

/** The properties of an object as form fields, in the order of their hints; advanced ones fold away. */
export function SchemaFields({ schema, path = [] }: { schema: JsonSchema; path?: FieldPath }) {
  const { t } = useTranslation("inspector");
  const [open, setOpen] = useState(false);
  const fields = Object.entries(schema.properties ?? {})
    .map(([name, property]) => ({ name, property, hints: fieldHints(property) }))
    .sort((a, b) => (a.hints.order ?? Infinity) - (b.hints.order ?? Infinity) || 0);
  const plain = fields.filter(({ hints }) => !hints.advanced);
  const advanced = fields.filter(({ hints }) => hints.advanced);
  const render = ({ name, property }: (typeof fields)[number]) => (
    <SchemaField key={name} path={[...path, name]} schema={property} />
  );
  return (
    <>
      {plain.map(render)}
      {advanced.length > 0 && (
        <div className="flex flex-col gap-3.5">
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            className="flex items-center gap-1 self-start text-12 font-medium text-ink-2 hover:text-ink"
          >
            <ChevronRight size={13} aria-hidden className={cn("transition-transform", open && "rotate-90")} />
            {t("form.more")}
          </button>
          {open && advanced.map(render)}
        </div>
      )}
    </>
  );
}
