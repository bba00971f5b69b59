import { useTranslation } from "react-i18next";
import { Badge, StatusDot, type Tone } from "../../ui/index.ts";
import { useToolServers } from "../../rpc/index.ts";
import { formatDuration } from "../../run/format.ts";
import { useElapsed, useStep } from "./run-state.ts";
import type { NodeFacts } from "./use-node.ts";

/** At the right of a card's title: time while it runs, the state of what a resource stands for, or that it is switched off. */
export function CardStatus({ id, facts }: { id: string; facts: NodeFacts }) {
  const { t } = useTranslation("canvas");
  const step = useStep(id);
  const running = step?.state === "running";
  const elapsed = useElapsed(step?.startedAt, running);
  if (facts.node?.disabled) return <Badge>{t("node.off")}</Badge>;
  if (running && elapsed !== undefined) {
    return (
      <span className="shrink-0 font-mono text-11 leading-4.5 text-accent tabular-nums">{formatDuration(elapsed)}</span>
    );
  }
  if (facts.shape?.provides === "tools") return <ServerDot server={String(facts.node?.config?.["server"] ?? "")} />;
  return null;
}

const TONES: Record<string, Tone> = { ready: "ok", starting: "warn", failed: "bad", stopped: "neutral" };

function ServerDot({ server }: { server: string }) {
  const { t } = useTranslation("canvas");
  const status = useToolServers()?.find(({ name }) => name === server);
  if (!status) return null;
  const words = t(`server.${status.state}`);
  return (
    <span role="img" aria-label={words} title={words} className="pt-1.5">
      <StatusDot tone={TONES[status.state] ?? "neutral"} pulse={status.state === "starting"} />
    </span>
  );
}
