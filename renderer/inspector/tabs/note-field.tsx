import { useState } from "react";
import { useTranslation } from "react-i18next";
import { configure } from "../../document/edits.ts";
import { useDocument } from "../../document/store.ts";
import { Button, Field, Textarea } from "../../ui/index.ts";
import { useReadOnly } from "../form/form-context.tsx";
import { useDraft } from "../form/use-draft.ts";

/** A remark that shows on the card. Out of the way until there is one. */
export function NoteField({ id }: { id: string }) {
  const { t } = useTranslation("inspector");
  const note = useDocument((state) => state.flow.nodes[id]?.note ?? "");
  const [open, setOpen] = useState(false);
  const { props } = useDraft(note, (text) => configure(id, ["note"], text === "" ? undefined : text));
  const readOnly = useReadOnly();
  if (note === "" && !open) {
    return (
      <Button size="sm" variant="ghost" className="self-start" disabled={readOnly} onClick={() => setOpen(true)}>
        {t("node.addNote")}
      </Button>
    );
  }
  return (
    <Field label={t("node.note")}>
      <Textarea {...props} readOnly={readOnly} autoFocus={open && note === ""} />
    </Field>
  );
}
