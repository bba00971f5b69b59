import { pathText } from "../../../engine/flow/index.ts";
import type { JsonSchema } from "../../../engine/lib/json.ts";
import { useConfig, useFieldProblems, useFormNode, type FieldPath } from "../form/form-context.tsx";
import { ProblemLine } from "../form/problem-line.tsx";
import { ReferenceInput } from "../template/reference-input.tsx";
import { readTyped, typedText } from "./typed-value.ts";

interface ValueInputProps {
  path: FieldPath;
  /** What is wanted there; a text stays a text. */
  schema?: JsonSchema;
  label?: string;
  long?: boolean;
  placeholder?: string;
}

/** A value of any type, typed as text; references keep the type of what they refer to. */
export function ValueInput({ path, schema, label, long, placeholder }: ValueInputProps) {
  const [value, set] = useConfig(path);
  const problems = useFieldProblems(path);
  const shown = schema?.type === "string" && typeof value === "string" ? value : typedText(value);
  return (
    <>
      <ReferenceInput
        node={useFormNode()}
        path={pathText(path)}
        kind="template"
        long={long}
        label={label}
        placeholder={placeholder}
        value={shown}
        onChange={(text) => set(text === "" && schema ? undefined : readTyped(text, schema))}
      />
      {problems.map((problem) => (
        <p key={problem.code} className="text-12">
          <ProblemLine problem={problem} />
        </p>
      ))}
    </>
  );
}
