import { Check } from "lucide-react";
import { Checkbox as RadixCheckbox, Switch as RadixSwitch } from "radix-ui";
import { useFieldProps } from "./field.tsx";

export interface ToggleProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  /** Accessible name where no Field gives one. */
  label?: string;
  disabled?: boolean;
  id?: string;
}

/** On or off, at once. */
export function Switch({ checked, onChange, label, disabled, id }: ToggleProps) {
  return (
    <RadixSwitch.Root
      {...useFieldProps({ id })}
      checked={checked}
      onCheckedChange={onChange}
      disabled={disabled}
      aria-label={label}
      className="h-4 w-7 shrink-0 rounded-full bg-line-strong transition-colors disabled:opacity-45 data-[state=checked]:bg-accent"
    >
      <RadixSwitch.Thumb className="block size-3 translate-x-0.5 rounded-full bg-panel transition-transform data-[state=checked]:translate-x-3.5" />
    </RadixSwitch.Root>
  );
}

/** Part of a choice that is made with a button later. */
export function Checkbox({ checked, onChange, label, disabled, id }: ToggleProps) {
  return (
    <RadixCheckbox.Root
      {...useFieldProps({ id })}
      checked={checked}
      onCheckedChange={(next) => onChange(next === true)}
      disabled={disabled}
      aria-label={label}
      className="grid size-4 shrink-0 place-items-center rounded-small border border-line-strong bg-panel text-on-accent transition-colors disabled:opacity-45 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
    >
      <RadixCheckbox.Indicator>
        <Check size={12} strokeWidth={3} aria-hidden />
      </RadixCheckbox.Indicator>
    </RadixCheckbox.Root>
  );
}
