import { Workflow } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useDocument } from "../../document/store.ts";
import { useFlows } from "../../rpc/index.ts";
import { Button, Combobox } from "../../ui/index.ts";
import { ConfigField } from "../form/config-field.tsx";
import { useConfig, useReadOnly } from "../form/form-context.tsx";
import type { WidgetProps } from "../form/widget-props.ts";

/** A flow of the project, by its file's name. The open one is left out: a flow can't run itself. */
export function FlowField({ path, schema }: WidgetProps) {
  const { t } = useTranslation("inspector");
  const [value, set] = useConfig(path);
  const own = useDocument((state) => state.name);
  const flows = useFlows().data ?? [];
  const chosen = typeof value === "string" && value !== "" ? value : undefined;
  const known = flows.some(({ name }) => name === chosen);
  return (
    <ConfigField path={path} schema={schema}>
      <Combobox
        value={chosen}
        onChange={set}
        options={flows
          .filter(({ name }) => name !== own)
          .map(({ name, title }) => ({
            value: name,
            label: title,
            hint: name,
            icon: <Workflow size={14} aria-hidden className="shrink-0 text-ink-3" />,
          }))}
        placeholder={t("subFlow.choose")}
        searchLabel={t("subFlow.search")}
        emptyText={t("subFlow.none")}
        disabled={useReadOnly()}
      />
      {known && chosen !== undefined && (
        <Button
          size="sm"
          variant="ghost"
          className="self-start"
          onClick={() => void useDocument.getState().open(chosen)}
        >
          {t("subFlow.open")}
        </Button>
      )}
    </ConfigField>
  );
}
