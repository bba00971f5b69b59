import type { JsonValue } from "../../../engine/lib/json.ts";
import { isJsonObject } from "../../../engine/lib/json.ts";
import type { RunView } from "../../../engine/run/view.ts";
import { useTranslation } from "../../i18n/index.ts";
import { hasEnded } from "../create-run-store.ts";
import { openWaits } from "../debug/paused.ts";
import { WaitCard } from "../answer/wait-card.tsx";
import { Failure } from "./failure.tsx";
import { Value } from "./value.tsx";

/** The answer as it grows; after the run its output, or why there is none. */
export function Result({ view, onShow }: { view: RunView | null; onShow: (node: string) => void }) {
  const { t } = useTranslation("run");
  if (!view) return <p className="px-3 py-3 text-12 text-ink-3">{t("result.none")}</p>;
  const ended = hasEnded(view);
  const answer = answerText(view);
  const large = view.large?.["output"];
  const rest = otherOutput(view.output);
  const waits = openWaits(view);
  return (
    <div className="flex flex-col gap-3 px-3 pt-1 pb-3">
      {view.error && <Failure view={view} onShow={onShow} />}
      {waits.map((step) => (
        <WaitCard key={step.path} runId={view.runId} step={step} wait={step.wait!} />
      ))}
      {answer ? (
        <p aria-live="polite" className="text-13 break-words whitespace-pre-wrap">
          {answer}
          {!ended && (
            <span
              aria-hidden
              className="ml-0.5 inline-block h-3.25 w-1.5 animate-caret rounded-[1px] bg-accent align-[-2px]"
            />
          )}
        </p>
      ) : (
        rest === undefined && <NoAnswer view={view} />
      )}
      {rest !== undefined && (
        <Value title={t("result.output")} value={rest} large={large && { runId: view.runId, ...large }} />
      )}
    </div>
  );
}

/** Why there is nothing to read: not yet, or not at all. A failure has said so already. */
function NoAnswer({ view }: { view: RunView }) {
  const { t } = useTranslation("run");
  if (view.error || openWaits(view).length > 0) return null;
  const words = !hasEnded(view)
    ? "result.waiting"
    : view.state === "cancelled"
      ? "result.cancelled"
      : "result.noAnswer";
  return <p className="text-12 text-ink-3">{t(words)}</p>;
}

/** The recorded text of the answer once there is one: the stream may have missed a piece during a reconnect. */
function answerText(view: RunView): string {
  // Of a large output only the beginning is here, as JSON.
  if (view.large?.["output"]) return view.answer;
  const recorded = isJsonObject(view.output) ? view.output["text"] : view.output;
  return typeof recorded === "string" ? recorded : view.answer;
}

/** What the output holds besides the answer's text. */
function otherOutput(output: JsonValue | undefined): JsonValue | undefined {
  if (!isJsonObject(output)) return typeof output === "string" ? undefined : output;
  const { text, ...others } = output;
  if (typeof text !== "string") return output;
  return Object.keys(others).length > 0 ? others : undefined;
}
