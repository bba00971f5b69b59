import { Plus, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton, Input } from "../../ui/index.ts";
import { useReadOnly } from "../form/form-context.tsx";
import { useDraft } from "../form/use-draft.ts";

/** A list of things to edit, each in a line with a way to take it out, and one to add another. */
export function Rows({ children, addLabel, onAdd }: { children: ReactNode; addLabel: string; onAdd: () => void }) {
  const readOnly = useReadOnly();
  return (
    <div className="flex flex-col gap-1.5">
      {children}
      <Button
        size="sm"
        variant="ghost"
        className="self-start"
        icon={<Plus size={13} aria-hidden />}
        onClick={onAdd}
        disabled={readOnly}
      >
        {addLabel}
      </Button>
    </div>
  );
}

export function RemoveButton({ name, onClick }: { name: string; onClick: () => void }) {
  const { t } = useTranslation("inspector");
  const readOnly = useReadOnly();
  return (
    <IconButton label={t("form.remove", { name })} size="sm" className="mt-0.75" disabled={readOnly} onClick={onClick}>
      <X size={13} aria-hidden />
    </IconButton>
  );
}

interface NameInputProps {
  value: string;
  label: string;
  /** Names that are taken by others of the list. */
  taken: readonly string[];
  /** Told when the field is left with a name that nobody else has. */
  onRename: (name: string) => void;
  clean?: (typed: string) => string;
  placeholder?: string;
}

/** The name of a thing in a list: written when the field is left, since half a name is another thing's name too easily. */
export function NameInput({
  value,
  label,
  taken,
  onRename,
  clean = (typed) => typed.trim(),
  placeholder,
}: NameInputProps) {
  const readOnly = useReadOnly();
  const { draft, props, type } = useDraft(value, () => undefined);
  const name = clean(draft);
  const clash = name !== value && (name === "" || taken.includes(name));
  const finish = () => {
    if (name === value) type(value);
    else if (clash) type(value);
    else onRename(name);
  };
  return (
    <Input
      {...props}
      mono
      aria-label={label}
      aria-invalid={clash}
      readOnly={readOnly}
      placeholder={placeholder}
      onBlur={finish}
      onKeyDown={(event) => event.key === "Enter" && !event.nativeEvent.isComposing && finish()}
    />
  );
}

/** A name made of letters, digits and `_`, as references can use it. */
export const identifier = (typed: string): string =>
  typed
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "_")
    .replace(/^(\d)/, "_$1");

/** `name` with a number where it is taken. */
export function freeName(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  let n = 2;
  while (taken.includes(`${name}_${n}`)) n++;
  return `${name}_${n}`;
}

/** The object with one key renamed in place: order is meaning for people. */
export function renameIn<T>(object: Readonly<Record<string, T>>, from: string, to: string): Record<string, T> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key === from ? to : key, value]));
}

export function without<T>(object: Readonly<Record<string, T>>, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
}
