import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ERROR_PORT } from "../../../engine/flow/index.ts";
import { isJsonObject, type JsonValue } from "../../../engine/lib/json.ts";
import { configure } from "../../document/edits.ts";
import { useDocument } from "../../document/store.ts";
import { cn, Field, Input, Select, Switch } from "../../ui/index.ts";
import { useReadOnly } from "../form/form-context.tsx";
import { useDraft } from "../form/use-draft.ts";
import { JsonInput } from "../widgets/plain-fields.tsx";

/** What happens to a step that fails: tries again, gives up after a time, hands on something else, or takes another way. */
export function WhenItFails({ id }: { id: string }) {
  const { t } = useTranslation("inspector");
  const [open, setOpen] = useState(false);
  return (
    <section className="border-t border-line-2 pt-2.5">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex min-h-7 w-full items-center gap-1.5 text-left text-12"
      >
        <ChevronRight
          size={13}
          aria-hidden
          className={cn("shrink-0 text-ink-3 transition-transform", open && "rotate-90")}
        />
        <span className="shrink-0 font-semibold">{t("fails.name")}</span>
        <span className="ml-auto truncate pl-3 text-ink-2">{useSentence(id)}</span>
      </button>
      {open && (
        <div className="flex flex-col gap-3.5 pt-2.5">
          <Retry id={id} />
          <TextSetting
            id={id}
            setting="timeout"
            label={t("fails.timeout")}
            help={t("fails.timeoutHelp")}
            placeholder="30s"
          />
          <Fallback id={id} />
          <Join id={id} />
        </div>
      )}
    </section>
  );
}

function useSentence(id: string): string {
  const { t } = useTranslation("inspector");
  const node = useDocument((state) => state.flow.nodes[id]);
  const next = useDocument(({ flow }) => {
    const to = flow.edges.find((edge) => edge.from === id && edge.port === ERROR_PORT)?.to;
    return to === undefined ? undefined : (flow.nodes[to]?.title ?? to);
  });
  const first = node?.retry ? t("fails.retries", { count: node.retry.times }) : undefined;
  const end =
    next === undefined
      ? node?.fallback === undefined
        ? t("fails.stops")
        : t("fails.fallsBack")
      : t("fails.goesTo", { name: next });
  return first === undefined ? end : t("fails.then", { first, end });
}

function Retry({ id }: { id: string }) {
  const { t } = useTranslation("inspector");
  const retry = useDocument((state) => state.flow.nodes[id]?.retry);
  const readOnly = useReadOnly();
  const set = (change: Record<string, JsonValue>) =>
    configure(id, ["retry"], { times: 2, ...(isJsonObject(retry) ? retry : {}), ...change });
  const times = useDraft(String(retry?.times ?? ""), (text) => {
    const number = Number(text);
    if (text.trim() === "" || number === 0) configure(id, ["retry"], undefined);
    else if (Number.isInteger(number)) set({ times: Math.min(20, Math.max(1, number)) });
  });
  const backoff = useDraft(String(retry?.backoff ?? ""), (text) => {
    if (/^\d+(\.\d+)?(ms|s|m|h)$/.test(text)) set({ backoff: text });
  });
  return (
    <div className="grid grid-cols-2 gap-2.5">
      <Field label={t("fails.times")}>
        <Input {...times.props} inputMode="numeric" placeholder="0" readOnly={readOnly} />
      </Field>
      <Field label={t("fails.backoff")} help={t("fails.backoffHelp")}>
        <Input {...backoff.props} placeholder="1s" readOnly={readOnly || !retry} />
      </Field>
    </div>
  );
}

interface TextSettingProps {
  id: string;
  setting: "timeout";
  label: string;
  help: string;
  placeholder: string;
}

function TextSetting({ id, setting, label, help, placeholder }: TextSettingProps) {
  const value = useDocument((state) => state.flow.nodes[id]?.[setting]);
  const { props } = useDraft(value === undefined ? "" : String(value), (text) => {
    if (text.trim() === "") configure(id, [setting], undefined);
    else if (/^\d+(\.\d+)?(ms|s|m|h)$/.test(text.trim())) configure(id, [setting], text.trim());
  });
  return (
    <Field label={label} help={help}>
      <Input {...props} placeholder={placeholder} readOnly={useReadOnly()} />
    </Field>
  );
}

function Fallback({ id }: { id: string }) {
  const { t } = useTranslation("inspector");
  const value = useDocument((state) => state.flow.nodes[id]?.fallback);
  const readOnly = useReadOnly();
  const on = value !== undefined;
  return (
    <Field
      label={t("fails.fallback")}
      help={t("fails.fallbackHelp")}
      group
      aside={
        <Switch
          checked={on}
          label={t("fails.fallback")}
          disabled={readOnly}
          onChange={(next) => configure(id, ["fallback"], next ? {} : undefined)}
        />
      }
    >
      {on && (
        <JsonInput
          value={value}
          label={t("fails.fallback")}
          onChange={(next) => configure(id, ["fallback"], next ?? {})}
        />
      )}
    </Field>
  );
}

/** Only where several ways come together: whether to wait for all of them. */
function Join({ id }: { id: string }) {
  const { t } = useTranslation("inspector");
  const entries = useDocument((state) => state.flow.edges.filter((edge) => edge.to === id).length);
  const join = useDocument((state) => state.flow.nodes[id]?.join);
  const readOnly = useReadOnly();
  if (entries < 2) return null;
  return (
    <Field label={t("join.name")}>
      <Select
        value={join ?? "all"}
        disabled={readOnly}
        onChange={(next) => configure(id, ["join"], next === "all" ? undefined : next)}
        options={[
          { value: "all", label: t("join.all") },
          { value: "any", label: t("join.any") },
        ]}
      />
    </Field>
  );
}
