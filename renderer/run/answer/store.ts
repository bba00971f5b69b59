import { useStore } from "zustand";
import { getRpc } from "../../rpc/index.ts";
import { createAnswers, type Answers } from "./create-answers.ts";

/** The answers of this window. */
export const answerStore = createAnswers(() => getRpc().runs);

export function useAnswers<T>(select: (state: Answers) => T): T {
  return useStore(answerStore, select);
}
