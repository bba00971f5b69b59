export { RunsPage } from "./runs-page.tsx";
export { useShowRun } from "./use-show-run.ts";
