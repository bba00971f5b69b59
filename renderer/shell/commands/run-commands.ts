import { documentStore } from "../../document/store.ts";
import { runOpenFlow, runStore, useRunInputs } from "../../run/index.ts";
import { shellStore } from "../store.ts";

/** Runs the open flow with what its form holds and shows the run; marks the form's gaps instead where it has some. */
export function runNow(): void {
  shellStore.getState().showDrawer("run");
  runOpenFlow();
}

/** Runs the open flow with the input of its last run, whatever the form holds now. */
export function runAgain(): void {
  const { path } = documentStore.getState();
  const { last, drafts } = useRunInputs.getState();
  if (!last[path]) return;
  const { [path]: _typed, ...others } = drafts;
  useRunInputs.setState({ drafts: others });
  runNow();
}

/** Shows the form, ready for typing. */
export function editInput(): void {
  runStore.getState().selectStep(null);
  shellStore.getState().showDrawer("run");
  useRunInputs.getState().showForm();
}
