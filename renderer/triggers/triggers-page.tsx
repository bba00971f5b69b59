import { Zap } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "../i18n/index.ts";
import { useTriggers } from "../rpc/index.ts";
import { NothingHere } from "../shell/nothing-here.tsx";
import { Page, Spinner } from "../ui/index.ts";
import { FlowCard } from "./flow-card.tsx";
import { listeningFlows } from "./groups.ts";

/** What starts flows by itself: webhooks, schedules, files, MCP calls; switched on and off per flow. */
export function TriggersPage() {
  const { t } = useTranslation(["triggers", "shell"]);
  const statuses = useTriggers();
  const flows = useMemo(() => statuses && listeningFlows(statuses), [statuses]);
  return (
    <Page title={t("title")} description={t("body")}>
      {!flows && <Spinner label={t("shell:common.loading")} />}
      {flows?.length === 0 && <NoTriggers />}
      <div className="flex flex-col gap-4">
        {flows?.map((flow) => (
          <FlowCard key={flow.flow} group={flow} />
        ))}
      </div>
    </Page>
  );
}

function NoTriggers() {
  const { t } = useTranslation("triggers");
  return (
    <NothingHere icon={<Zap size={22} aria-hidden />} title={t("none")} toFlows={t("toFlows")}>
      {t("noneBody")}
    </NothingHere>
  );
}
