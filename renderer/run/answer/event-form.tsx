import { Send } from "lucide-react";
import { useState } from "react";
import type { JsonValue } from "../../../engine/lib/json.ts";
import { useErrorText, useTranslation } from "../../i18n/index.ts";
import { getRpc } from "../../rpc/index.ts";
import { Button, Field, notify, Textarea } from "../../ui/index.ts";

/** Sends the event that a step waits for, by hand: for trying a flow before the other system does. */
export function EventForm({ event, correlation }: { event: string; correlation?: string }) {
  const { t } = useTranslation("run");
  const errorText = useErrorText();
  const [payload, setPayload] = useState("{}");
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function send() {
    const value = parsePayload(payload);
    if (value === undefined) return setProblem(t("form.not-json"));
    setProblem(undefined);
    setBusy(true);
    try {
      const { delivered } = await getRpc().events.send({
        event,
        payload: value,
        ...(correlation !== undefined && { key: correlation }),
      });
      if (delivered === 0) setProblem(t("wait.nobody"));
      else notify.done(t("wait.sent", { event }));
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        void send();
      }}
    >
      <Field label={t("wait.payload")} problem={problem}>
        <Textarea
          mono
          rows={2}
          spellCheck={false}
          value={payload}
          onChange={(changed) => setPayload(changed.target.value)}
        />
      </Field>
      <Button size="sm" type="submit" busy={busy} icon={<Send size={12} aria-hidden />} className="self-start">
        {t("wait.send")}
      </Button>
    </form>
  );
}

function parsePayload(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text.trim() === "" ? "null" : text) as JsonValue;
  } catch {
    return undefined;
  }
}
