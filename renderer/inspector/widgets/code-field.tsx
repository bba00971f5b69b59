import { Maximize2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNode } from "../../canvas/node/use-node.ts";
import { Dialog, IconButton, Spinner } from "../../ui/index.ts";
import { ConfigField, useFieldLabel } from "../form/config-field.tsx";
import { useConfig, useFormNode, useReadOnly } from "../form/form-context.tsx";
import type { WidgetProps } from "../form/widget-props.ts";

const CodeEditor = lazy(() => import("../../code/code-editor.tsx").then(({ CodeEditor }) => ({ default: CodeEditor })));

/** TypeScript in an editor that knows the types of its inputs; it can be made large. The editor loads when it is first shown. */
export function CodeField({ path, schema }: WidgetProps) {
  const { t } = useTranslation("inspector");
  const node = useFormNode();
  const { title } = useNode(node);
  const [large, setLarge] = useState(false);
  const [value, set] = useConfig(path);
  const label = useFieldLabel(schema, path);
  const readOnly = useReadOnly();
  const editor = (
    <Suspense fallback={<Waiting />}>
      <CodeEditor
        key={node}
        node={node}
        label={label}
        value={typeof value === "string" ? value : ""}
        onChange={set}
        readOnly={readOnly}
      />
    </Suspense>
  );
  return (
    <ConfigField
      path={path}
      schema={schema}
      group
      aside={
        <IconButton label={t("code.expand")} size="sm" onClick={() => setLarge(true)}>
          <Maximize2 size={13} aria-hidden />
        </IconButton>
      }
    >
      <div className="h-64 overflow-hidden rounded-control border border-line">{!large && editor}</div>
      <Dialog size="lg" open={large} onOpenChange={setLarge} title={title} closeLabel={t("code.close")}>
        <div className="h-[60vh] overflow-hidden rounded-control border border-line">{editor}</div>
      </Dialog>
    </ConfigField>
  );
}

function Waiting() {
  return (
    <div className="grid h-full place-items-center text-ink-3">
      <Spinner />
    </div>
  );
}
