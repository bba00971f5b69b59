import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Input, Select } from "../../ui/index.ts";
import { useReadOnly } from "../form/form-context.tsx";
import { useDraft } from "../form/use-draft.ts";
import { readSingle, UNITS, type Unit } from "./duration.ts";

interface DurationInputProps {
  value: string;
  /** `30s`; empty when the number was taken away. */
  onChange: (text: string) => void;
  /** Shown while nothing is set: `1s`. */
  placeholder?: string;
  label?: string;
  disabled?: boolean;
}

/** A length of time as a number and a unit; what is written another way stays as text. */
export function DurationInput({ value, onChange, placeholder = "", label, disabled }: DurationInputProps) {
  const { t } = useTranslation("inspector");
  const readOnly = useReadOnly() || disabled === true;
  const single = value === "" ? undefined : readSingle(value);
  const usual = readSingle(placeholder);
  const [chosen, setChosen] = useState<Unit>();
  const unit = single?.unit ?? chosen ?? usual?.unit ?? "s";
  const asText = value !== "" && !single;
  const { props } = useDraft(asText ? value : (single?.count ?? ""), (text) => {
    const typed = text.trim();
    onChange(typed === "" || !/^\d+(\.\d+)?$/.test(typed) ? typed : `${typed}${unit}`);
  });
  if (asText) return <Input {...props} aria-label={label} readOnly={readOnly} />;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-1.5">
      <Input {...props} aria-label={label} inputMode="decimal" placeholder={usual?.count} readOnly={readOnly} />
      <Select
        value={unit}
        label={t("duration.unit")}
        disabled={readOnly}
        onChange={(next) => {
          setChosen(next);
          if (single) onChange(`${single.count}${next}`);
        }}
        options={UNITS.map((each) => ({ value: each, label: t(`duration.${each}`) }))}
      />
    </div>
  );
}
