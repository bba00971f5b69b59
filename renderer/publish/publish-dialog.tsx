import { useQuery } from "@tanstack/react-query";
import { CircleCheck, Rocket, Server } from "lucide-react";
import { useState } from "react";
import { documentStore, useDocument } from "../document/store.ts";
import { useLanguage, useTranslation } from "../i18n/index.ts";
import { getRpc, QUERY, useCluster, useFlows } from "../rpc/index.ts";
import { formatMoment, useRunInputs } from "../run/index.ts";
import { useShell } from "../shell/store.ts";
import { Button, Dialog, StatusDot, TabPanel, Tabs } from "../ui/index.ts";
import { CallForm } from "./call-form.tsx";
import { Endpoint } from "./endpoint.tsx";
import { useFlowInput } from "./flow-input.ts";
import { exampleInput } from "./snippets.ts";
import { Stages } from "./stages.tsx";
import { usePublish } from "./store.ts";

/** What can be called now; asked again when the cluster changes its state. */
export function useDeployments() {
  const state = useCluster()?.state;
  return useQuery({
    queryKey: [...QUERY.deployments, state],
    queryFn: () => getRpc().publish.deployments({}),
    staleTime: 0,
  });
}

/** Publishes a flow, shows where it answers, and calls it there. */
export function PublishDialog() {
  const { t } = useTranslation(["publish", "shell"]);
  const close = useShell((state) => state.closeOverlay);
  const chosen = usePublish((state) => state.flow);
  const choose = usePublish((state) => state.choose);
  const open = useDocument((state) => state.name);
  const flow = chosen ?? open;
  const title = useFlows().data?.find(({ name }) => name === flow)?.title;
  if (!flow) return null;
  const leave = () => {
    close();
    choose(null);
  };
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={leave}
      title={t("dialog.title", { name: title ?? flow })}
      description={t("dialog.body")}
      closeLabel={t("shell:common.close")}
      footer={<Footer flow={flow} onClose={leave} />}
    >
      <Body flow={flow} />
    </Dialog>
  );
}

function Footer({ flow, onClose }: { flow: string; onClose: () => void }) {
  const { t } = useTranslation(["publish", "shell"]);
  const running = usePublish((state) => state.running);
  const publishedHere = usePublish((state) => Boolean(state.progress[flow]?.deployment));
  const publish = usePublish((state) => state.publish);
  const live = useDeployments().data?.some((deployment) => deployment.flow === flow);
  const start = async () => {
    if (documentStore.getState().name === flow) await documentStore.getState().flush();
    await publish(flow);
  };
  return (
    <>
      <Button onClick={onClose}>{t("shell:common.close")}</Button>
      <Button variant="primary" busy={running} icon={<Rocket size={14} aria-hidden />} onClick={() => void start()}>
        {t(publishedHere || live ? "dialog.again" : "dialog.publish")}
      </Button>
    </>
  );
}

function Body({ flow }: { flow: string }) {
  const { t } = useTranslation("publish");
  const language = useLanguage();
  const progress = usePublish((state) => state.progress[flow]);
  const deployment = useDeployments().data?.find((each) => each.flow === flow);
  const endpoint = progress?.deployment?.endpoint ?? deployment?.endpoint;
  return (
    <div className="flex flex-col gap-4">
      <Target />
      {progress?.deployment ? (
        <p role="status" className="flex items-center gap-2 font-medium text-ok">
          <CircleCheck size={16} aria-hidden />
          {t("dialog.live", { revision: progress.deployment.revision })}
        </p>
      ) : progress ? (
        <Stages progress={progress} />
      ) : (
        <p className="text-12 text-ink-2">
          {deployment
            ? t("dialog.revisionSince", {
                revision: deployment.revision,
                moment: formatMoment(deployment.at, language),
              })
            : t("dialog.notYet")}
        </p>
      )}
      {endpoint && !progress?.error && (progress?.deployment || !progress) && (
        <Live flow={flow} endpoint={endpoint} apiKey={progress?.deployment?.apiKey} />
      )}
    </div>
  );
}

function Target() {
  const { t } = useTranslation("publish");
  const cluster = useCluster();
  const state = cluster?.state ?? "stopped";
  return (
    <div className="flex items-center gap-2.5 rounded-[8px] border border-line px-3 py-2">
      <Server size={16} aria-hidden className="shrink-0 text-ink-3" />
      <div className="min-w-0 flex-1">
        <div className="font-medium">{t("dialog.local")}</div>
        {state === "stopped" && <div className="text-12 text-ink-3">{t("dialog.clusterDown")}</div>}
      </div>
      <span className="flex items-center gap-1.5 text-12 text-ink-2">
        <StatusDot tone={CLUSTER_TONES[state]} pulse={state === "starting"} />
        {t(`cluster.state.${state}`)}
      </span>
    </div>
  );
}

export const CLUSTER_TONES = {
  stopped: "neutral",
  starting: "warn",
  ready: "ok",
  degraded: "warn",
  stopping: "warn",
  failed: "bad",
} as const;

function Live({ flow, endpoint, apiKey }: { flow: string; endpoint: string; apiKey: string | undefined }) {
  const { t } = useTranslation("publish");
  const [tab, setTab] = useState<"call" | "code">("call");
  const schema = useFlowInput(flow);
  const path = useFlows().data?.find(({ name }) => name === flow)?.path ?? "";
  const last = useRunInputs((state) => state.last[path]);
  return (
    <Tabs
      value={tab}
      onChange={setTab}
      label={t("title")}
      flush
      items={[
        { value: "call", label: t("dialog.call") },
        { value: "code", label: t("dialog.code") },
      ]}
    >
      <TabPanel value="call" className="pt-4">
        <CallForm flow={flow} schema={schema} />
      </TabPanel>
      <TabPanel value="code" className="pt-4">
        <Endpoint endpoint={endpoint} apiKey={apiKey} input={last ?? exampleInput(schema)} />
      </TabPanel>
    </Tabs>
  );
}
