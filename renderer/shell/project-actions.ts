import type { Project } from "../../engine/rpc/contract.ts";
import { documentStore } from "../document/store.ts";
import { queryClient, watchHost } from "../rpc/index.ts";
import { runStore } from "../run/index.ts";
import { shellStore } from "./store.ts";

const lastFlowKey = (project: Project): string => `heddle.lastFlow:${project.path}`;

/** Opens a flow of the project and remembers that it was the last. Shows no other flow's run on it. */
export async function openFlow(project: Project, name: string): Promise<void> {
  shellStore.getState().goTo("flows");
  if (documentStore.getState().name === name) return;
  if (runStore.getState().view?.flow !== name) runStore.getState().clear();
  localStorage.setItem(lastFlowKey(project), name);
  await documentStore.getState().open(name);
}

/** The flow to open first: the one that was open last time, else the one that the project names, else the first. */
export function firstFlow(project: Project, names: readonly string[]): string | undefined {
  const last = localStorage.getItem(lastFlowKey(project));
  return names.find((name) => name === last) ?? names.find((name) => name === project.opens) ?? names[0];
}

/** Everything on screen belongs to another project now. */
export async function projectChanged(): Promise<void> {
  runStore.getState().clear();
  await documentStore.getState().close();
  watchHost();
  await queryClient.invalidateQueries();
  shellStore.getState().goTo("flows");
}
