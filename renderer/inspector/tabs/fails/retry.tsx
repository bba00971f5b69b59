import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FlowNode } from "../../../../engine/flow/index.ts";
import type { JsonValue } from "../../../../engine/lib/json.ts";
import { configure } from "../../../document/edits.ts";
import { useDocument } from "../../../document/store.ts";
import { cn, Field, Input } from "../../../ui/index.ts";
import { useReadOnly } from "../../form/form-context.tsx";
import { useDraft } from "../../form/use-draft.ts";
import { isDuration } from "../../widgets/duration.ts";
import { DurationInput } from "../../widgets/duration-input.tsx";
import { ErrorCodes } from "./error-codes.tsx";
import { waitsOf } from "./retry-waits.ts";

type Policy = NonNullable<FlowNode["retry"]>;
const MOST = 20;

/** How often a failed step is tried again, how long it waits between, and for which errors. */
export function Retry({ id }: { id: string }) {
  const { t } = useTranslation("inspector");
  const retry = useDocument((state) => state.flow.nodes[id]?.retry);
  const readOnly = useReadOnly();
  const times = useDraft(String(retry?.times ?? ""), (text) => {
    const number = Number(text);
    if (text.trim() === "" || number === 0) configure(id, ["retry"], undefined);
    else if (Number.isInteger(number) && number > 0)
      configure(
        id,
        retry ? ["retry", "times"] : ["retry"],
        retry ? Math.min(MOST, number) : { times: Math.min(MOST, number) },
      );
  });
  return (
    <div className="flex flex-col gap-2.5">
      <div className="grid grid-cols-2 gap-2.5">
        <Field label={t("fails.times")}>
          <Input {...times.props} inputMode="numeric" placeholder="0" readOnly={readOnly} />
        </Field>
        <Wait id={id} setting="backoff" placeholder="1s" />
      </div>
      {retry && <Waits retry={retry} />}
      {retry && <More id={id} />}
    </div>
  );
}

/** What the numbers come to: `1 s, 2 s, 4 s`. */
function Waits({ retry }: { retry: Policy }) {
  const { t } = useTranslation("inspector");
  return <p className="-mt-1 text-12 text-ink-3">{t("fails.waits", { waits: waitsOf(retry).join(" · ") })}</p>;
}

function More({ id }: { id: string }) {
  const { t } = useTranslation("inspector");
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex items-center gap-1 self-start text-12 font-medium text-ink-2 hover:text-ink"
      >
        <ChevronRight size={13} aria-hidden className={cn("transition-transform", open && "rotate-90")} />
        {t("fails.moreRetry")}
      </button>
      {open && (
        <>
          <div className="grid grid-cols-2 gap-2.5">
            <Factor id={id} setting="factor" placeholder="2" least={1} most={10} />
            <Wait id={id} setting="longest" placeholder="10m" />
          </div>
          <Factor id={id} setting="jitter" placeholder="0" least={0} most={1} />
          <ErrorCodes id={id} />
        </>
      )}
    </>
  );
}

function setRetry(id: string, setting: keyof Policy, value: JsonValue | undefined): void {
  configure(id, ["retry", setting], value);
}

function Wait({ id, setting, placeholder }: { id: string; setting: "backoff" | "longest"; placeholder: string }) {
  const { t } = useTranslation("inspector");
  const value = useDocument((state) => state.flow.nodes[id]?.retry?.[setting]);
  const retries = useDocument((state) => state.flow.nodes[id]?.retry !== undefined);
  return (
    <Field label={t(`fails.${setting}`)} group>
      <DurationInput
        value={typeof value === "number" ? `${value}ms` : (value ?? "")}
        label={t(`fails.${setting}`)}
        placeholder={placeholder}
        disabled={!retries}
        onChange={(text) => {
          if (text === "" || isDuration(text)) setRetry(id, setting, text === "" ? undefined : text);
        }}
      />
    </Field>
  );
}

interface FactorProps {
  id: string;
  setting: "factor" | "jitter";
  placeholder: string;
  least: number;
  most: number;
}

function Factor({ id, setting, placeholder, least, most }: FactorProps) {
  const { t } = useTranslation("inspector");
  const value = useDocument((state) => state.flow.nodes[id]?.retry?.[setting]);
  const { props } = useDraft(value === undefined ? "" : String(value), (text) => {
    const number = Number(text.replace(",", "."));
    if (text.trim() === "") setRetry(id, setting, undefined);
    else if (number >= least && number <= most) setRetry(id, setting, number);
  });
  return (
    <Field label={t(`fails.${setting}`)} help={t(`fails.${setting}Help`)}>
      <Input {...props} inputMode="decimal" placeholder={placeholder} readOnly={useReadOnly()} />
    </Field>
  );
}
