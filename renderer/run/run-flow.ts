import type { FlowAnalysis } from "../../engine/flow/index.ts";
import type { DebugOptions } from "../../engine/run/debug.ts";
import { debugFrom, marksOf, useDebugMarks } from "../document/debug-marks.ts";
import { documentStore } from "../document/store.ts";
import { useSettings } from "../settings/store.ts";
import { draftOf, readDraft, schemaFields } from "./form/schema-fields.ts";
import { useRunInputs } from "./input-store.ts";
import { runStore } from "./store.ts";

/** What begins a run by hand: the chosen trigger, else the flow's first. `place` is where its inputs are kept. */
export function chosenTrigger(path: string, analysis: FlowAnalysis | null, chosen: Readonly<Record<string, string>>) {
  const triggers = analysis?.triggers ?? [];
  const trigger = triggers.find(({ key }) => key === chosen[path]);
  if (!trigger || trigger === triggers[0]) return { key: undefined, input: analysis?.input, place: path };
  return { key: trigger.key, input: trigger.input, place: `${path}#${trigger.key}` };
}

/** What is in the open flow's run form now: what was typed, else what the last run got. */
export function openFlowInput() {
  const { path, analysis } = documentStore.getState();
  const { drafts, last, triggers } = useRunInputs.getState();
  const { key, input, place } = chosenTrigger(path, analysis, triggers);
  const fields = schemaFields(input, useSettings.getState().language);
  const draft = drafts[place] ?? draftOf(fields, last[place]);
  return { trigger: key, place, read: readDraft(fields, draft) };
}

/** The open flow's pins and breakpoints, as a run is told of them, with what this run adds. */
export function openFlowDebug(more: Partial<DebugOptions> = {}): DebugOptions {
  const { path, flow } = documentStore.getState();
  return { stepping: false, ...debugFrom(marksOf(useDebugMarks.getState(), path), flow), ...more };
}

/**
 * Runs the open flow, unsaved edits included, with what its form holds, its pins and its breakpoints. Answers false when the form has gaps:
 * they are marked then.
 */
export function runOpenFlow(debug: Partial<DebugOptions> = {}): boolean {
  const { name, source, analysis } = documentStore.getState();
  // Before the first analysis nobody knows what the flow asks for.
  if (!name || !analysis) return false;
  const { trigger, place, read } = openFlowInput();
  if (!read.ok) {
    useRunInputs.getState().ask();
    return false;
  }
  useRunInputs.getState().remember(place, read.value);
  const request = { flow: name, text: source.text, input: read.value, debug: openFlowDebug(debug) };
  void runStore.getState().start({ ...request, ...(trigger !== undefined && { trigger }) });
  return true;
}
