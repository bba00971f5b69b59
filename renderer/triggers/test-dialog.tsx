import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { JsonObject } from "../../engine/lib/json.ts";
import type { TriggerStatus } from "../../engine/rpc/contract.ts";
import { useErrorText, useLanguage, useTranslation } from "../i18n/index.ts";
import { getRpc } from "../rpc/index.ts";
import { draftOf, readDraft, schemaFields, SchemaForm, type Draft } from "../run/index.ts";
import { useShowRun } from "../runs/index.ts";
import { Button, Callout, Dialog, notify, Spinner } from "../ui/index.ts";

/** Starts the flow as if the trigger had fired, with an event that is made up here. */
export function TestDialog({ trigger, onClose }: { trigger: TriggerStatus; onClose: () => void }) {
  const { t } = useTranslation(["triggers", "shell"]);
  const errorText = useErrorText();
  const showRun = useShowRun();
  const { flow, node } = trigger;
  const file = useQuery({
    queryKey: ["triggers.test", flow, node],
    staleTime: 0,
    queryFn: () => readTrigger(flow, node),
  });
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);

  async function send(input: JsonObject) {
    if (!file.data) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const { runId } = await getRpc().runs.start({ flow, text: file.data.text, trigger: node, input });
      notify.done(t("sent"), undefined, { label: t("openLast"), onClick: () => void showRun({ runId, flow }) });
      onClose();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("testTitle", { name: trigger.title })}
      description={t("testBody")}
      closeLabel={t("shell:common.close")}
      footer={
        <>
          <Button onClick={onClose}>{t("shell:common.cancel")}</Button>
          <Button variant="primary" type="submit" form="test-trigger" busy={busy} disabled={!file.data}>
            {t("send")}
          </Button>
        </>
      }
    >
      {file.isPending && <Spinner label={t("shell:common.loading")} />}
      {file.data && <EventForm schema={file.data.input} onSend={(input) => void send(input)} />}
      {(problem ?? file.error) != null && (
        <Callout tone="bad" className="mt-3">
          {errorText(problem ?? file.error)}
        </Callout>
      )}
    </Dialog>
  );
}

/** The flow as its file is now, and what the trigger hands to it. */
async function readTrigger(flow: string, node: string) {
  const { text } = await getRpc().flows.read({ name: flow });
  const { triggers, input } = await getRpc().flows.analyze({ text });
  return { text, input: triggers.find(({ key }) => key === node)?.input ?? input };
}

interface EventFormProps {
  schema: Parameters<typeof schemaFields>[0];
  onSend: (input: JsonObject) => void;
}

function EventForm({ schema, onSend }: EventFormProps) {
  const { t } = useTranslation("triggers");
  const language = useLanguage();
  const fields = useMemo(() => schemaFields(schema, language), [schema, language]);
  const [typed, setTyped] = useState<Draft>();
  const [asked, setAsked] = useState(false);
  const draft = typed ?? draftOf(fields);
  const read = readDraft(fields, draft);
  return (
    <form
      id="test-trigger"
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (read.ok) onSend(read.value);
      }}
    >
      {fields.length === 0 ? (
        <p className="text-12 text-ink-3">{t("noFields")}</p>
      ) : (
        <SchemaForm
          fields={fields}
          draft={draft}
          onChange={setTyped}
          {...(asked && !read.ok && { problems: read.problems })}
        />
      )}
    </form>
  );
}
