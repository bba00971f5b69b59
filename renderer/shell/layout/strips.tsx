import type { Project } from "../../../engine/rpc/contract.ts";
import { useErrorText, useTranslation } from "../../i18n/index.ts";
import { useConnection } from "../../rpc/index.ts";
import { Callout, Spinner } from "../../ui/index.ts";

/** A strip over everything while the host can't be reached. */
export function ConnectionStrip() {
  const { t } = useTranslation();
  const lost = useConnection((state) => state.everOpen && state.status !== "open");
  const restarted = useConnection((state) => state.restarted);
  if (!lost) return null;
  return (
    <div role="alert" className="flex shrink-0 items-center gap-2 bg-warn-soft px-4 py-1.5 text-12 text-ink">
      {!restarted && <Spinner size={13} />}
      {t(restarted ? "connection.restarted" : "connection.lost")}
    </div>
  );
}

/** Why the project's heddle.yaml isn't used, while it isn't. */
export function ProjectStrip({ project }: { project: Project }) {
  const errorText = useErrorText();
  if (!project.problem) return null;
  return (
    <Callout tone="bad" className="shrink-0 rounded-none! px-4!">
      {errorText(project.problem)}
    </Callout>
  );
}
