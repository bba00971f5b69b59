import { documentStore } from "../document/store.ts";
import { useSettings } from "../settings/store.ts";
import { draftOf, readDraft, schemaFields } from "./form/schema-fields.ts";
import { useRunInputs } from "./input-store.ts";
import { runStore } from "./store.ts";

/** What is in the open flow's run form now: what was typed, else what the last run got. */
export function openFlowInput() {
  const { path, analysis } = documentStore.getState();
  const { drafts, last } = useRunInputs.getState();
  const fields = schemaFields(analysis?.input, useSettings.getState().language);
  const draft = drafts[path] ?? draftOf(fields, last[path]);
  return readDraft(fields, draft);
}

/**
 * Runs the open flow, unsaved edits included, with what its form holds. Answers false when the form has gaps: they are marked then.
 */
export function runOpenFlow(): boolean {
  const { name, path, source, analysis } = documentStore.getState();
  // Before the first analysis nobody knows what the flow asks for.
  if (!name || !analysis) return false;
  const input = openFlowInput();
  if (!input.ok) {
    useRunInputs.getState().ask();
    return false;
  }
  useRunInputs.getState().remember(path, input.value);
  void runStore.getState().start({ flow: name, text: source.text, input: input.value });
  return true;
}
