import { Rocket } from "lucide-react";
import { useState } from "react";
import { useErrorText, useLanguage, useTranslation } from "../i18n/index.ts";
import { getRpc, useCluster, useFlows } from "../rpc/index.ts";
import { formatMoment } from "../run/index.ts";
import { useShell } from "../shell/store.ts";
import { Badge, Button, Callout, Card, CopyButton, EmptyState, notify, Page, Section, StatusDot } from "../ui/index.ts";
import { CLUSTER_TONES, useDeployments } from "./publish-dialog.tsx";
import { usePublish } from "./store.ts";

/** What is published, and the cluster that runs it. */
export function PublishPage() {
  const { t } = useTranslation("publish");
  return (
    <Page title={t("title")} description={t("body")}>
      <Cluster />
      <Deployments />
    </Page>
  );
}

function Cluster() {
  const { t } = useTranslation("publish");
  const cluster = useCluster();
  const state = cluster?.state ?? "stopped";
  return (
    <Section title={t("cluster.title")} description={t("cluster.body")} actions={<ClusterButton />}>
      <Card className="divide-y divide-line-2">
        <div className="flex items-center gap-2.5 px-4 py-2.5">
          <StatusDot tone={CLUSTER_TONES[state]} pulse={state === "starting" || state === "stopping"} />
          <span className="font-medium">{t(`cluster.state.${state}`)}</span>
          {state === "stopped" && <span className="text-12 text-ink-3">{t("cluster.stopped")}</span>}
          {cluster?.gateway && <code className="ml-auto font-mono text-12 text-ink-2">{cluster.gateway}</code>}
        </div>
        {cluster?.services.map((service) => (
          <div key={service.name} className="flex items-center gap-2.5 px-4 py-1.75 text-12">
            <StatusDot tone={CLUSTER_TONES[service.state]} pulse={service.state === "starting"} />
            <span className="w-40 truncate">{service.name}</span>
            <span className="text-ink-3">{t(`cluster.state.${service.state}`)}</span>
            <span className="ml-auto min-w-0 truncate font-mono text-11 text-ink-3">
              {service.detail ?? service.url}
            </span>
          </div>
        ))}
      </Card>
    </Section>
  );
}

function ClusterButton() {
  const { t } = useTranslation("publish");
  const errorText = useErrorText();
  const state = useCluster()?.state ?? "stopped";
  const [busy, setBusy] = useState(false);
  const stopped = state === "stopped";
  const change = async () => {
    setBusy(true);
    try {
      if (stopped) await getRpc().cluster.up({});
      else await getRpc().cluster.down({});
    } catch (error) {
      notify.failed(t(stopped ? "cluster.startFailed" : "cluster.stopFailed"), errorText(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button busy={busy || state === "stopping"} onClick={() => void change()}>
      {t(stopped ? "cluster.start" : "cluster.stop")}
    </Button>
  );
}

function Deployments() {
  const { t } = useTranslation("publish");
  const errorText = useErrorText();
  const deployments = useDeployments();
  const stopped = useCluster()?.state === "stopped";
  const goTo = useShell((state) => state.goTo);
  return (
    <Section title={t("deployments.title")}>
      {deployments.error && (
        <Callout tone="bad">{`${t("deployments.failed")}: ${errorText(deployments.error)}`}</Callout>
      )}
      {deployments.data?.length === 0 && (
        <Card className="py-4">
          <EmptyState
            compact
            icon={<Rocket size={18} aria-hidden />}
            title={t(stopped ? "deployments.stopped" : "deployments.none")}
            action={<Button onClick={() => goTo("flows")}>{t("deployments.toFlows")}</Button>}
          >
            {t(stopped ? "deployments.noneDown" : "deployments.noneBody")}
          </EmptyState>
        </Card>
      )}
      {deployments.data && deployments.data.length > 0 && (
        <Card className="divide-y divide-line-2">
          {deployments.data.map((deployment) => (
            <DeploymentLine key={deployment.flow} deployment={deployment} />
          ))}
        </Card>
      )}
    </Section>
  );
}

type Deployment = NonNullable<ReturnType<typeof useDeployments>["data"]>[number];

function DeploymentLine({ deployment }: { deployment: Deployment }) {
  const { t } = useTranslation(["publish", "shell"]);
  const language = useLanguage();
  const title = useFlows().data?.find(({ name }) => name === deployment.flow)?.title ?? deployment.flow;
  const choose = usePublish((state) => state.choose);
  const show = useShell((state) => state.open);
  return (
    <div className="flex items-center gap-4 px-4 py-3">
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-2">
          <span className="truncate font-medium">{title}</span>
          <Badge>
            {t("deployments.revision")} {deployment.revision}
          </Badge>
          <span className="text-12 text-ink-3">
            {t("deployments.since")} {formatMoment(deployment.at, language)}
          </span>
        </div>
        <div className="flex items-center gap-1">
          <code className="truncate font-mono text-11 text-ink-2">{deployment.endpoint}</code>
          <CopyButton
            text={deployment.endpoint}
            label={t("dialog.copyEndpoint")}
            doneLabel={t("shell:common.copied")}
          />
        </div>
      </div>
      <span title={deployment.digest} className="font-mono text-11 text-ink-3">
        {deployment.digest.slice(0, 12)}
      </span>
      <Button
        aria-label={t("deployments.openNamed", { name: title })}
        onClick={() => {
          choose(deployment.flow);
          show("publish");
        }}
      >
        {t("deployments.open")}
      </Button>
    </div>
  );
}
