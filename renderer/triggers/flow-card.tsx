import { useState } from "react";
import { useErrorText, useTranslation } from "../i18n/index.ts";
import { adoptTriggers, getRpc, useFlows, useInfo } from "../rpc/index.ts";
import { openFlow } from "../shell/project-actions.ts";
import { Button, Card, notify, Switch } from "../ui/index.ts";
import type { FlowTriggers } from "./groups.ts";
import { TriggerLine } from "./trigger-line.tsx";

/** A flow with what starts it. */
export function FlowCard({ group }: { group: FlowTriggers }) {
  const { t } = useTranslation("triggers");
  const { flow, active, triggers } = group;
  const title = useFlows().data?.find(({ name }) => name === flow)?.title ?? flow;
  const project = useInfo().data?.project;
  return (
    <Card>
      <section aria-label={title}>
        <header className="flex items-center gap-3 border-b border-line-2 px-4 py-3">
          <div className="min-w-0 flex-1">
            <h2 className="truncate text-14 font-semibold">{title}</h2>
            <p className="text-12 text-ink-2">{t(active ? "listens" : "rests")}</p>
          </div>
          {project && (
            <Button size="sm" onClick={() => void openFlow(project, flow)}>
              {t("openFlow")}
            </Button>
          )}
          <ActiveSwitch flow={flow} title={title} active={active} />
        </header>
        <ul className="divide-y divide-line-2">
          {triggers.map((trigger) => (
            <TriggerLine key={trigger.node} trigger={trigger} />
          ))}
        </ul>
      </section>
    </Card>
  );
}

function ActiveSwitch({ flow, title, active }: { flow: string; title: string; active: boolean }) {
  const { t } = useTranslation("triggers");
  const errorText = useErrorText();
  /** What was asked for while the host hasn't answered. */
  const [asked, setAsked] = useState<boolean>();
  async function change(next: boolean) {
    setAsked(next);
    try {
      adoptTriggers(await getRpc().triggers.setActive({ flow, active: next }));
    } catch (error) {
      notify.failed(t("switchFailed"), errorText(error));
    } finally {
      setAsked(undefined);
    }
  }
  return (
    <Switch
      checked={asked ?? active}
      disabled={asked !== undefined}
      onChange={(next) => void change(next)}
      label={t("activeNamed", { flow: title })}
    />
  );
}
