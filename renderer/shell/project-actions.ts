import type { FlowFile, Project } from "../../engine/rpc/contract.ts";
import { documentStore } from "../document/store.ts";
import { getRpc, QUERY, queryClient, refresh, watchHost } from "../rpc/index.ts";
import { runStore } from "../run/index.ts";
import { shellStore } from "./store.ts";

const lastFlowKey = (project: Project): string => `heddle.lastFlow:${project.path}`;

/** Opens a flow of the project and remembers that it was the last. Shows no other flow's run on it. */
export async function openFlow(project: Project, name: string): Promise<void> {
  shellStore.getState().goTo("flows");
  const { name: shown, past } = documentStore.getState();
  if (shown === name && !past) return;
  if (runStore.getState().view?.flow !== name) runStore.getState().clear();
  localStorage.setItem(lastFlowKey(project), name);
  await documentStore.getState().open(name);
}

/** Shows a run on the flow as it was when the run began, read-only. */
export async function openPast(run: { runId: string; flow: string }): Promise<void> {
  const { text } = await getRpc().runs.flowText({ runId: run.runId });
  await documentStore.getState().showPast({ name: run.flow, text, path: `past:${run.runId}` });
  runStore.getState().show(run.runId);
  shellStore.getState().showDrawer("run");
}

/** Deletes the open flow's file. It leaves the list first, so that another flow is opened in its place and not itself again. */
export async function removeOpenFlow(): Promise<void> {
  const { name, flush, close } = documentStore.getState();
  if (!name) return;
  await flush();
  queryClient.setQueryData<FlowFile[]>(QUERY.flows, (flows) => flows?.filter((flow) => flow.name !== name));
  await close();
  try {
    await getRpc().flows.remove({ name });
  } finally {
    await refresh(QUERY.flows);
  }
}

/** The flow to open first: the one that was open last time, else the one that the project names, else the first. */
export function firstFlow(project: Project, names: readonly string[]): string | undefined {
  const last = localStorage.getItem(lastFlowKey(project));
  return names.find((name) => name === last) ?? names.find((name) => name === project.opens) ?? names[0];
}

/**
 * Opens or makes another project. Edits are written first, while the host still has the project that they belong to; then everything on
 * screen changes at once, so that no flow of the old project is looked for in the new one.
 */
export async function changeProject(ask: () => Promise<unknown>): Promise<void> {
  await documentStore.getState().flush();
  await ask();
  const [info, flows] = await Promise.all([getRpc().system.info({}), getRpc().flows.list({})]);
  runStore.getState().clear();
  queryClient.setQueryData(QUERY.info, info);
  queryClient.setQueryData(QUERY.flows, flows);
  await documentStore.getState().close();
  watchHost();
  shellStore.getState().goTo("flows");
  await queryClient.invalidateQueries({
    predicate: ({ queryKey: [first] }) => first !== QUERY.info[0] && first !== QUERY.flows[0],
  });
}
