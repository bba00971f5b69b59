import { useTranslation } from "react-i18next";
import { isJsonObject, type JsonValue } from "../../../engine/lib/json.ts";
import { liveText, useFlowRun, useStep, useStepPath } from "../../canvas/node/run-state.ts";
import { useNode } from "../../canvas/node/use-node.ts";
import { fieldHints } from "../../document/field-hints.ts";
import { useErrorText, useText } from "../../i18n/index.ts";
import { useCatalog } from "../../rpc/index.ts";
import { formatDuration } from "../../run/format.ts";
import { Badge, Callout, CopyButton, JsonView } from "../../ui/index.ts";
import { useVariables } from "../template/use-variables.ts";
import { Pinned } from "./pinned.tsx";
import { SchemaTree, VariableTree } from "./schema-tree.tsx";

/** What the step was given in the shown run; before any run, what it may use. */
export function InputTab({ id }: { id: string }) {
  const { t } = useTranslation("inspector");
  const step = useStep(id);
  const variables = useVariables(id);
  const text = useText();
  const schema = useCatalog().get(useNode(id).node?.type ?? "")?.config;
  const labelOf = (field: string) => {
    const { label } = fieldHints(schema?.properties?.[field] ?? {});
    return label && text(label);
  };
  return (
    <div className="flex flex-col gap-4">
      {step?.input === undefined ? (
        <p className="text-12 text-ink-3">{t(step?.state === "skipped" ? "data.skipped" : "data.noInput")}</p>
      ) : (
        <Data title={t("data.input")} value={step.input} labelOf={labelOf} />
      )}
      {variables.length > 0 && (
        <section>
          <h4 className="mb-1.5 text-12 font-semibold">{t("data.canUse")}</h4>
          <VariableTree variables={variables} />
        </section>
      )}
    </div>
  );
}

/** What the step gave in the shown run, and the form that it promises. */
export function OutputTab({ id }: { id: string }) {
  const { t } = useTranslation("inspector");
  const errorText = useErrorText();
  const step = useStep(id);
  const path = useStepPath(id);
  const live = useFlowRun((view) => liveText(view, path)) ?? "";
  const { shape } = useNode(id);
  const took = step?.endedAt === undefined ? undefined : step.endedAt - (step.startedAt ?? step.readyAt);
  return (
    <div className="flex flex-col gap-4">
      {step && step.state !== "skipped" && (
        <div className="flex flex-wrap items-center gap-1.5">
          <Badge tone={TONES[step.state]}>{t(`state.${step.state}`)}</Badge>
          {took !== undefined && <Badge>{formatDuration(took)}</Badge>}
          {step.usage && (
            <Badge>{t("data.usage", { input: step.usage.inputTokens, output: step.usage.outputTokens })}</Badge>
          )}
          {step.attempt > 1 && <Badge tone="warn">{t("data.attempt", { attempt: step.attempt })}</Badge>}
        </div>
      )}
      {step?.error && <Callout tone="bad">{errorText(step.error)}</Callout>}
      {step?.output !== undefined ? (
        <Data title={t("data.output")} value={step.output} />
      ) : live !== "" ? (
        <Data title={t("data.soFar")} value={live} />
      ) : (
        !step?.error && (
          <p className="text-12 text-ink-3">{t(step?.state === "skipped" ? "data.skipped" : "data.noOutput")}</p>
        )
      )}
      {shape?.role === "step" && <Pinned id={id} />}
      {shape && Object.keys(shape.output).length > 0 && (
        <section>
          <h4 className="mb-1.5 text-12 font-semibold">{t("data.promises")}</h4>
          <SchemaTree root={id} schema={shape.output} />
        </section>
      )}
    </div>
  );
}

const TONES = {
  ready: "neutral",
  running: "accent",
  retrying: "warn",
  waiting: "info",
  completed: "ok",
  failed: "bad",
  skipped: "neutral",
} as const;

/** A recorded value: an object field by field, text as text. */
function Data({
  title,
  value,
  labelOf,
}: {
  title: string;
  value: JsonValue;
  labelOf?: (field: string) => string | undefined;
}) {
  const { t } = useTranslation("inspector");
  const fields = isJsonObject(value) ? Object.entries(value) : [];
  const whole = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return (
    <section aria-label={title} className="flex flex-col gap-2.5">
      <div className="-mb-1 flex items-center">
        <h4 className="text-12 font-semibold">{title}</h4>
        <span className="ml-auto">
          <CopyButton text={whole} label={t("data.copy")} doneLabel={t("data.copied")} />
        </span>
      </div>
      {fields.length === 0 ? (
        <JsonView value={value} />
      ) : (
        fields.map(([name, field]) => (
          <div key={name}>
            <FieldName name={name} label={labelOf?.(name)} />
            <JsonView value={field} />
          </div>
        ))
      )}
    </section>
  );
}

/** A field by the name of its form, where it has one. */
function FieldName({ name, label }: { name: string; label: string | undefined }) {
  if (label === undefined) return <div className="mb-0.5 font-mono text-11 text-ink-3">{name}</div>;
  return <div className="mb-0.5 text-12 text-ink-3">{label}</div>;
}
