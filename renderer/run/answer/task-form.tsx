import { useMemo, useState } from "react";
import type { Wait } from "../../../engine/node/operation.ts";
import { useErrorText, useLanguage, useTranslation } from "../../i18n/index.ts";
import { Markdown } from "../../inspector/markdown.tsx";
import { Button, Callout, Field, Textarea } from "../../ui/index.ts";
import { draftOf, readFields, schemaFields, type Draft } from "../form/schema-fields.ts";
import { SchemaForm } from "../form/schema-form.tsx";
import { NO_DRAFT, placeId, type WaitPlace } from "./create-answers.ts";
import { useAnswers } from "./store.ts";
import { taskAnswer, unreadable } from "./task-answer.ts";

export type TaskWait = Extract<Wait, { kind: "task" }>;

export interface TaskFormProps {
  place: WaitPlace;
  wait: TaskWait;
  /** Where there is little room: the comment shows on demand. */
  compact?: boolean;
  /** The host took the answer; `label` is the button's. */
  onAnswered?: (label: string) => void;
}

/** A task that waits for a person: what it is about, what to fill in, and a button for each way to decide. */
export function TaskForm({ place, wait, compact, onAnswered }: TaskFormProps) {
  const { t } = useTranslation("inbox");
  const errorText = useErrorText();
  const id = placeId(place);
  const draft = useAnswers((state) => state.drafts[id] ?? NO_DRAFT);
  const sending = useAnswers((state) => state.sending[id]);
  const refused = useAnswers((state) => state.refused[id]);
  const edit = useAnswers((state) => state.edit);
  const send = useAnswers((state) => state.send);
  const [asked, setAsked] = useState(false);
  const [commentAsked, setCommentAsked] = useState(false);
  const commenting = !compact || commentAsked || draft.comment !== "";
  const { fields, values, read } = useTaskFields(wait, draft.values);
  const problems = asked || refused ? (refused ? read.problems : unreadable(read.problems)) : {};

  async function choose(choice: TaskWait["choices"][number]) {
    setAsked(true);
    if (Object.keys(unreadable(read.problems)).length > 0) return;
    const taken = await send(place, taskAnswer(choice.id, read.value, draft.comment), choice.id);
    if (taken) onAnswered?.(choice.label);
  }

  return (
    <form
      aria-label={wait.title}
      className="flex flex-col gap-3.5"
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
        event.stopPropagation();
        if (wait.choices[0]) void choose(wait.choices[0]);
      }}
    >
      {wait.details && <Markdown text={wait.details} />}
      {fields.length > 0 && (
        <SchemaForm
          fields={fields}
          draft={values}
          problems={problems}
          onChange={(next) => edit(place, { ...draft, values: next })}
        />
      )}
      {commenting && (
        <Field label={t("comment")} optional={t("commentOptional")}>
          <Textarea
            value={draft.comment}
            rows={2}
            onChange={(event) => edit(place, { ...draft, comment: event.target.value })}
          />
        </Field>
      )}
      {refused && (
        <Callout tone="bad">
          <div className="font-semibold">{t("refused")}</div>
          {Object.keys(problems).length > 0 ? t("refusedFields") : errorText(refused)}
        </Callout>
      )}
      <div className="flex flex-wrap gap-2">
        {wait.choices.map((choice, index) => (
          <Button
            key={choice.id}
            variant={index === 0 ? "primary" : "secondary"}
            busy={sending === choice.id}
            disabled={sending !== undefined}
            onClick={() => void choose(choice)}
          >
            {choice.label}
          </Button>
        ))}
        {!commenting && (
          <Button variant="ghost" onClick={() => setCommentAsked(true)}>
            {t("addComment")}
          </Button>
        )}
      </div>
    </form>
  );
}

function useTaskFields(wait: TaskWait, typed: Draft | undefined) {
  const language = useLanguage();
  const fields = useMemo(() => schemaFields(wait.form, language), [wait.form, language]);
  const values = useMemo(() => typed ?? draftOf(fields), [typed, fields]);
  const read = useMemo(() => readFields(fields, values), [fields, values]);
  return { fields, values, read };
}
