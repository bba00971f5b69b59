import { Plus, Wrench } from "lucide-react";
import { useState } from "react";
import type { McpServerStatus } from "../../engine/rpc/contract.ts";
import { useTranslation } from "../i18n/index.ts";
import { useToolServers } from "../rpc/index.ts";
import { Button, cn, EmptyState, Page, Spinner, StatusDot, type Tone } from "../ui/index.ts";
import { ServerDetail } from "./server-detail.tsx";
import { ServerDialog } from "./server-dialog.tsx";

export const SERVER_TONES: Record<McpServerStatus["state"], Tone> = {
  stopped: "neutral",
  starting: "warn",
  ready: "ok",
  failed: "bad",
};

/** The project's MCP servers, their tools, and a place to try them. */
export function ToolsPage() {
  const { t } = useTranslation(["tools", "shell"]);
  const servers = useToolServers();
  const [chosen, setChosen] = useState<string>();
  const [adding, setAdding] = useState(false);
  const shown = servers?.find(({ name }) => name === chosen) ?? servers?.[0];
  const add = (
    <Button variant="primary" icon={<Plus size={14} aria-hidden />} onClick={() => setAdding(true)}>
      {t("add")}
    </Button>
  );
  return (
    <Page title={t("title")} description={t("body")} wide actions={servers && servers.length > 0 && add}>
      {!servers && <Spinner label={t("shell:common.loading")} />}
      {servers?.length === 0 && (
        <EmptyState icon={<Wrench size={22} aria-hidden />} title={t("none")} action={add}>
          {t("noneBody")}
        </EmptyState>
      )}
      {servers && shown && (
        <div className="grid h-full min-h-0 grid-cols-[240px_minmax(0,1fr)] gap-5">
          <ServerList servers={servers} shown={shown.name} onChoose={setChosen} />
          <ServerDetail key={shown.name} server={shown} />
        </div>
      )}
      {adding && <ServerDialog onClose={() => setAdding(false)} onSaved={setChosen} />}
    </Page>
  );
}

interface ServerListProps {
  servers: readonly McpServerStatus[];
  shown: string;
  onChoose: (name: string) => void;
}

function ServerList({ servers, shown, onChoose }: ServerListProps) {
  const { t } = useTranslation("tools");
  return (
    <ul aria-label={t("servers")} className="flex flex-col gap-1">
      {servers.map((server) => (
        <li key={server.name}>
          <button
            type="button"
            aria-current={server.name === shown || undefined}
            onClick={() => onChoose(server.name)}
            className={cn(
              "flex w-full items-center gap-2.5 rounded-[8px] border px-3 py-2 text-left transition-colors",
              server.name === shown ? "border-accent-line bg-accent-soft" : "border-transparent hover:bg-hover",
            )}
          >
            <StatusDot tone={SERVER_TONES[server.state]} pulse={server.state === "starting"} />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{server.name}</span>
              <span className="block truncate text-12 text-ink-2">
                {server.state === "ready" ? t("toolCount", { count: server.tools.length }) : t(`state.${server.state}`)}
              </span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
