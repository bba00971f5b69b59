import { lazy, Suspense } from "react";
import { Spinner } from "../../ui/index.ts";
import { ConfigField, useFieldLabel } from "../form/config-field.tsx";
import { useConfig, useFormNode, useReadOnly } from "../form/form-context.tsx";
import type { WidgetProps } from "../form/widget-props.ts";

const CodeEditor = lazy(() => import("../../code/code-editor.tsx").then(({ CodeEditor }) => ({ default: CodeEditor })));

/** TypeScript in an editor that knows the types of its inputs. The editor loads when it is first shown. */
export function CodeField({ path, schema }: WidgetProps) {
  const node = useFormNode();
  const [value, set] = useConfig(path);
  const label = useFieldLabel(schema, path);
  const readOnly = useReadOnly();
  return (
    <ConfigField path={path} schema={schema} group>
      <div className="h-72 overflow-hidden rounded-control border border-line">
        <Suspense
          fallback={
            <div className="grid h-full place-items-center text-ink-3">
              <Spinner />
            </div>
          }
        >
          <CodeEditor
            key={node}
            node={node}
            label={label}
            value={typeof value === "string" ? value : ""}
            onChange={set}
            readOnly={readOnly}
          />
        </Suspense>
      </div>
    </ConfigField>
  );
}
