import type { ModelStatus } from "../../../engine/rpc/contract.ts";
import { useTranslation } from "../../i18n/index.ts";
import { useModels } from "../../rpc/index.ts";
import { formatBytes } from "../../run/index.ts";
import { Badge, Button, Popover, StatusDot, type Tone } from "../../ui/index.ts";
import { useShell } from "../store.ts";

export const MODEL_TONES: Record<ModelStatus["state"], Tone> = {
  idle: "neutral",
  starting: "warn",
  ready: "ok",
  failed: "bad",
  remote: "info",
};

/** The model that flows use by default: the one behind the role `default`, else the first. */
const defaultModel = (models: readonly ModelStatus[]): ModelStatus | undefined =>
  models.find((model) => model.roles.includes("default")) ?? models[0];

/** Which model answers here, on what, and in what state; says plainly when it is the demo model. */
export function ModelPill() {
  const { t } = useTranslation();
  const models = useModels();
  const goTo = useShell((state) => state.goTo);
  const model = models && defaultModel(models);
  if (!models) return null;
  const summary = model
    ? modelSummary(
        model,
        t(`model.short.${model.state}`),
        models.length > 1 ? t("model.count", { count: models.length }) : "",
      )
    : t("model.none");
  return (
    <Popover
      label={t("model.status", { summary })}
      align="end"
      className="w-84"
      trigger={
        <button
          type="button"
          aria-label={t("model.status", { summary })}
          className="flex h-7 min-w-0 items-center gap-1.75 rounded-control px-2 text-12 text-ink-2 transition-colors hover:bg-hover hover:text-ink"
        >
          <StatusDot tone={model ? MODEL_TONES[model.state] : "bad"} pulse={model?.state === "starting"} />
          <span className="truncate tabular-nums">{summary}</span>
        </button>
      }
    >
      <div className="flex flex-col gap-2.5">
        {models.map((each) => (
          <div key={each.id} className="flex items-center gap-2">
            <StatusDot tone={MODEL_TONES[each.state]} />
            <span className="min-w-0 truncate font-medium">{each.title}</span>
            {each.roles.map((role) => (
              <Badge key={role}>{role}</Badge>
            ))}
            <span className="ml-auto shrink-0 text-12 text-ink-3">{t(`model.${each.state}`)}</span>
          </div>
        ))}
        {model?.demo && (
          <div className="rounded-[8px] bg-warn-soft px-2.5 py-2 text-12">
            <div className="font-semibold">{t("model.demoTitle")}</div>
            {t("model.demoNote")}
          </div>
        )}
        <Button className="self-start" onClick={() => goTo("models")}>
          {t("model.choose")}
        </Button>
      </div>
    </Popover>
  );
}

/** `demo · CPU · 61 MB`, or its state where it isn't ready. */
function modelSummary(model: ModelStatus, state: string, count: string): string {
  const memory = model.memory !== undefined && formatBytes(model.memory);
  const facts = model.state === "ready" ? [model.device, memory] : [state];
  return [model.id, ...facts, count].filter(Boolean).join(" · ");
}
