import { Cpu } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useInfo, useModels } from "../../rpc/index.ts";
import { formatBytes } from "../../run/format.ts";
import { Combobox } from "../../ui/index.ts";
import { ConfigField } from "../form/config-field.tsx";
import { useConfig, useReadOnly } from "../form/form-context.tsx";
import type { WidgetProps } from "../form/widget-props.ts";

/** A model by the role it has in the project, or by its id. */
export function ModelField({ path, schema }: WidgetProps) {
  const { t } = useTranslation("inspector");
  const [value, set] = useConfig(path);
  const models = useModels() ?? [];
  const roles = useInfo().data?.project?.models ?? {};
  const chosen = typeof value === "string" ? value : String(schema.default ?? "");
  const where = (kind: string) => t(kind === "llama" ? "model.here" : "model.remote");
  const options = [
    ...Object.entries(roles).map(([role, id]) => ({
      value: role,
      label: role,
      hint: t("model.role", { model: models.find((model) => model.id === id)?.title ?? id }),
      icon: <Cpu size={14} aria-hidden className="shrink-0 text-family-models" />,
    })),
    ...models
      .filter(({ id }) => !(id in roles))
      .map((model) => ({
        value: model.id,
        label: model.title,
        hint: where(model.kind),
        icon: <Cpu size={14} aria-hidden className="shrink-0 text-family-models" />,
      })),
  ];
  const resolved = models.find(({ id }) => id === (roles[chosen] ?? chosen));
  return (
    <ConfigField
      path={path}
      schema={schema}
      aside={resolved?.memory === undefined ? undefined : t("model.memory", { size: formatBytes(resolved.memory) })}
    >
      <Combobox
        value={chosen || undefined}
        onChange={set}
        options={options}
        searchLabel={t("model.search")}
        emptyText={t("model.nothing")}
        customLabel={(typed) => t("model.custom", { typed })}
        placeholder={t("model.choose")}
        disabled={useReadOnly()}
      />
    </ConfigField>
  );
}
