import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ERROR_PORT, UNDO_PORT } from "../../../engine/flow/index.ts";
import { configure } from "../../document/edits.ts";
import { useDocument } from "../../document/store.ts";
import { cn, Field, Select, Switch } from "../../ui/index.ts";
import { useReadOnly } from "../form/form-context.tsx";
import { isDuration } from "../widgets/duration.ts";
import { DurationInput } from "../widgets/duration-input.tsx";
import { JsonInput } from "../widgets/plain-fields.tsx";
import { Retry } from "./fails/retry.tsx";
import { AsideWays } from "./fails/ways.tsx";

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
          <Timeout id={id} />
          <Fallback id={id} />
          <AsideWays id={id} />
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
  const undone = useDocument(({ flow }) => flow.edges.some((edge) => edge.from === id && edge.port === UNDO_PORT));
  const first = node?.retry ? t("fails.retries", { count: node.retry.times }) : undefined;
  const end =
    next === undefined
      ? node?.fallback === undefined
        ? t("fails.stops")
        : t("fails.fallsBack")
      : t("fails.goesTo", { name: next });
  const whole = first === undefined ? end : t("fails.then", { first, end });
  return undone ? t("fails.alsoUndone", { what: whole }) : whole;
}

function Timeout({ id }: { id: string }) {
  const { t } = useTranslation("inspector");
  const value = useDocument((state) => state.flow.nodes[id]?.timeout);
  return (
    <Field label={t("fails.timeout")} help={t("fails.timeoutHelp")} group>
      <DurationInput
        value={typeof value === "number" ? `${value}ms` : (value ?? "")}
        label={t("fails.timeout")}
        placeholder="30s"
        onChange={(text) => {
          if (text === "" || isDuration(text)) configure(id, ["timeout"], text === "" ? undefined : text);
        }}
      />
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
export function Join({ id }: { id: string }) {
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
