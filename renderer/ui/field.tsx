import { createContext, useContext, useId, type ReactNode } from "react";
import { cn } from "./cn.ts";

interface FieldLink {
  id: string;
  describedBy?: string;
  invalid: boolean;
}

const FieldContext = createContext<FieldLink | null>(null);

/** What a control inside a Field must carry so that label, help and problem belong to it. */
export function useFieldProps(own: { id?: string; "aria-describedby"?: string; "aria-invalid"?: unknown } = {}) {
  const link = useContext(FieldContext);
  return {
    id: own.id ?? link?.id,
    "aria-describedby": own["aria-describedby"] ?? link?.describedBy,
    "aria-invalid": link?.invalid || own["aria-invalid"] === true || undefined,
  };
}

export interface FieldProps {
  label: ReactNode;
  /** At the right of the label: a unit, a hint, a link. */
  aside?: ReactNode;
  help?: ReactNode;
  /** The sentence of what is wrong. */
  problem?: ReactNode;
  /** Word shown beside the label of a field that may stay empty. */
  optional?: string;
  /** For controls that aren't one element (lists, editors): names them as a group in place of a label element. */
  group?: boolean;
  className?: string;
  children: ReactNode;
}

/** Label, control, help and problem as one. Inputs of this folder pick their ids up by themselves. */
export function Field({ label, aside, help, problem, optional, group, className, children }: FieldProps) {
  const id = useId();
  const note = `${id}-note`;
  const link = { id, invalid: Boolean(problem), ...((help || problem) && { describedBy: note }) };
  const labelClass = "text-12 font-semibold text-ink";
  return (
    <div
      className={cn("flex min-w-0 flex-col gap-1.25", className)}
      {...(group && { role: "group", "aria-labelledby": `${id}-label`, "aria-describedby": link.describedBy })}
    >
      <div className="flex items-baseline gap-1.5">
        {group ? (
          <span id={`${id}-label`} className={labelClass}>
            {label}
          </span>
        ) : (
          <label id={`${id}-label`} htmlFor={id} className={labelClass}>
            {label}
          </label>
        )}
        {optional && <span className="text-11 text-ink-3">{optional}</span>}
        {aside && <span className="ml-auto text-12 text-ink-3">{aside}</span>}
      </div>
      <FieldContext value={group ? null : link}>{children}</FieldContext>
      {(problem || help) && (
        <div id={note} className={cn("text-12", problem ? "text-bad" : "text-ink-3")}>
          {problem || help}
        </div>
      )}
    </div>
  );
}
