import { PencilLine, RotateCw, Search, Trash2 } from "lucide-react";
import { useState } from "react";
import type { McpServerConfig, McpServerStatus } from "../../engine/rpc/contract.ts";
import { useErrorText, useTranslation } from "../i18n/index.ts";
import { getRpc } from "../rpc/index.ts";
import {
  Badge,
  Button,
  Callout,
  Card,
  ConfirmDialog,
  IconButton,
  notify,
  SearchInput,
  type Tone,
} from "../ui/index.ts";
import { ServerDialog } from "./server-dialog.tsx";
import { isHttp } from "./server-form.ts";
import { ToolCard } from "./tool-card.tsx";

const TONES: Record<McpServerStatus["state"], Tone> = {
  stopped: "neutral",
  starting: "warn",
  ready: "ok",
  failed: "bad",
};
const MANY_TOOLS = 6;

/** One server: how it is, what it offers. */
export function ServerDetail({ server }: { server: McpServerStatus }) {
  const { t } = useTranslation("tools");
  const errorText = useErrorText();
  const [typed, setTyped] = useState("");
  const wanted = typed.trim().toLowerCase();
  const tools = server.tools.filter((tool) => `${tool.name} ${tool.description}`.toLowerCase().includes(wanted));
  return (
    <div className="min-w-0">
      <header className="mb-4 flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <div className="flex items-center gap-2">
            <h2 className="truncate text-16 font-semibold">{server.name}</h2>
            <Badge tone={TONES[server.state]}>{t(`state.${server.state}`)}</Badge>
            <span className="text-12 text-ink-3">{t(`transport.${server.transport}`)}</span>
          </div>
          <p className="truncate font-mono text-11 text-ink-3">{placeOf(server.config)}</p>
        </div>
        <ServerActions server={server} />
      </header>
      {server.error && (
        <Callout tone="bad" className="mb-4">
          {errorText(server.error)}
        </Callout>
      )}
      {server.tools.length > MANY_TOOLS && (
        <SearchInput
          label={t("findTool")}
          icon={<Search size={14} aria-hidden />}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="mb-3 max-w-80"
        />
      )}
      {server.state === "ready" && server.tools.length === 0 && <p className="text-ink-3">{t("noTools")}</p>}
      {tools.length > 0 && (
        <Card className="divide-y divide-line-2">
          {tools.map((tool) => (
            <ToolCard key={tool.name} server={server.name} tool={tool} />
          ))}
        </Card>
      )}
    </div>
  );
}

const placeOf = (config: McpServerConfig): string =>
  isHttp(config) ? config.url : [config.command, ...(config.args ?? [])].join(" ");

function ServerActions({ server }: { server: McpServerStatus }) {
  const { t } = useTranslation(["tools", "shell"]);
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const [editing, setEditing] = useState(false);
  const [removing, setRemoving] = useState(false);
  const { name } = server;
  const ask = async (call: () => Promise<unknown>, failed: string) => {
    setBusy(true);
    try {
      await call();
    } catch (error) {
      notify.failed(failed, errorText(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="flex shrink-0 items-center gap-1.5">
      <Button
        busy={busy}
        icon={<RotateCw size={14} aria-hidden />}
        onClick={() => void ask(() => getRpc().tools.restart({ name }), t("restartFailed"))}
      >
        {t("restart")}
      </Button>
      <Button icon={<PencilLine size={14} aria-hidden />} onClick={() => setEditing(true)}>
        {t("edit")}
      </Button>
      <IconButton label={t("remove", { name })} onClick={() => setRemoving(true)}>
        <Trash2 size={15} aria-hidden />
      </IconButton>
      {editing && <ServerDialog server={server} onClose={() => setEditing(false)} />}
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={t("removeTitle", { name })}
        description={t("removeBody")}
        confirmLabel={t("shell:common.remove")}
        cancelLabel={t("shell:common.cancel")}
        onConfirm={() => void ask(() => getRpc().tools.removeServer({ name }), t("removeFailed"))}
      />
    </div>
  );
}
