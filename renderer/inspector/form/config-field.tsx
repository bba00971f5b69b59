import { useEffect, useRef, type ReactNode } from "react";
import { pathText } from "../../../engine/flow/index.ts";
import type { JsonSchema } from "../../../engine/lib/json.ts";
import { fieldHints } from "../../document/field-hints.ts";
import { useText } from "../../i18n/index.ts";
import { useSelection } from "../../selection/store.ts";
import { Field } from "../../ui/index.ts";
import { useFieldProblems, useFormNode, type FieldPath } from "./form-context.tsx";
import { ProblemLine } from "./problem-line.tsx";

interface ConfigFieldProps {
  path: FieldPath;
  schema: JsonSchema;
  /** At the right of the label. */
  aside?: ReactNode;
  group?: boolean;
  children: ReactNode;
}

/** The words that a field goes by: its hint's label, else its name. */
export function useFieldLabel(schema: JsonSchema, path: FieldPath): string {
  const text = useText();
  const { label } = fieldHints(schema);
  return label ? text(label) : (schema.title ?? String(path.at(-1)));
}

/** Label, help and problems around the control of one place of the config. */
export function ConfigField({ path, schema, aside, group, children }: ConfigFieldProps) {
  const text = useText();
  const { help } = fieldHints(schema);
  const problems = useFieldProblems(path);
  const box = useAskedFor(path);
  return (
    <div ref={box} data-field={pathText(path)}>
      <Field
        label={useFieldLabel(schema, path)}
        aside={aside}
        group={group}
        help={help && text(help)}
        problem={
          problems.length > 0 && (
            <span className="flex flex-col gap-1">
              {problems.map((problem) => (
                <ProblemLine key={problem.code + JSON.stringify(problem.params)} problem={problem} />
              ))}
            </span>
          )
        }
      >
        {children}
      </Field>
    </div>
  );
}

/** A field that someone pointed at (a problem, a search) comes into view with the caret in it. */
function useAskedFor(path: FieldPath) {
  const node = useFormNode();
  const box = useRef<HTMLDivElement>(null);
  const place = pathText(path);
  const asked = useSelection((state) =>
    state.field?.node === node && state.field.path === place ? state.field.turn : 0,
  );
  useEffect(() => {
    if (asked === 0) return;
    box.current?.scrollIntoView({ block: "center" });
    box.current?.querySelector<HTMLElement>("input, textarea, button")?.focus({ preventScroll: true });
  }, [asked]);
  return box;
}
