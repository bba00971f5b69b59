import { useTranslation } from "react-i18next";
import type { JsonSchema } from "../../../engine/lib/json.ts";
import { fieldHints } from "../../document/field-hints.ts";
import { useText } from "../../i18n/index.ts";
import { choicesOf } from "../widgets/choices.ts";
import { useSource } from "../template/use-source.ts";
import { NodeChip } from "../../ui/index.ts";
import { preview, typeName, type Variable } from "../variables.ts";

const LINE = "flex min-h-6 items-baseline gap-2 border-b border-line-2 py-0.5 text-12 last:border-0";

/** The fields that a value of this schema has, with what refers to each. */
export function SchemaTree({ root, schema }: { root: string; schema: JsonSchema }) {
  const { t } = useTranslation("inspector");
  const text = useText();
  /** The words that expressions compare with, each with what it is called. */
  const words = (field: JsonSchema) =>
    choicesOf(field, text)
      .map(({ value, label, hint }) => (hint ? `${value} (${label})` : value))
      .join(" · ");
  const help = (field: JsonSchema) => {
    const { help: known } = fieldHints(field);
    return known ? text(known) : field.description;
  };
  const fields = Object.entries(schema.properties ?? {});
  if (fields.length === 0) return <p className="text-12 text-ink-3">{t(`types.${typeName(schema)}`)}</p>;
  return (
    <ul>
      {fields.map(([name, field]) => (
        <li key={name} className={LINE}>
          <span className="font-mono text-11 text-accent">
            {root}.{name}
          </span>
          <span className="min-w-0 flex-1 truncate text-right text-11 text-ink-3" title={help(field)}>
            {field.enum ? words(field) : help(field)}
          </span>
          <span className="shrink-0 text-11 text-ink-3">{t(`types.${typeName(field)}`)}</span>
        </li>
      ))}
    </ul>
  );
}

/** What a step may refer to, by the step that it comes from. */
export function VariableTree({ variables }: { variables: readonly Variable[] }) {
  const { t } = useTranslation("inspector");
  return (
    <ul>
      {variables.map((variable) =>
        variable.depth === 0 ? (
          <Source key={variable.path} variable={variable} />
        ) : (
          <li key={variable.path} className={LINE}>
            <span className="pl-6 font-mono text-11 text-accent">{variable.path}</span>
            <span className="min-w-0 flex-1 truncate text-right text-11 text-ink-2">
              {variable.last === undefined ? "" : preview(variable.last)}
            </span>
            <span className="shrink-0 text-11 text-ink-3">{t(`types.${variable.type}`)}</span>
          </li>
        ),
      )}
    </ul>
  );
}

function Source({ variable }: { variable: Variable }) {
  const { family, icon, title } = useSource(variable);
  return (
    <li className="flex h-7 items-center gap-2 text-12">
      <NodeChip family={family} icon={icon} size="xs" />
      <span className="truncate font-medium">{title}</span>
      <span className="font-mono text-11 text-ink-3">{variable.path}</span>
      {variable.last !== undefined && variable.type !== "data" && (
        <span className="ml-auto truncate pl-2 text-11 text-ink-2">{preview(variable.last)}</span>
      )}
    </li>
  );
}
