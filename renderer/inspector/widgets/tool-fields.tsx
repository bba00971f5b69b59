import { useTranslation } from "react-i18next";
import type { McpServerStatus } from "../../../engine/rpc/contract.ts";
import { useToolServers } from "../../rpc/index.ts";
import { Callout, Combobox, StatusDot, Switch } from "../../ui/index.ts";
import { useErrorText } from "../../i18n/index.ts";
import { ConfigField } from "../form/config-field.tsx";
import { useConfig, useReadOnly } from "../form/form-context.tsx";
import type { WidgetProps } from "../form/widget-props.ts";

const TONES = { ready: "ok", starting: "warn", failed: "bad", stopped: "neutral" } as const;
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** The server that a tool field belongs to: the one named beside it. */
export function useServerBeside(path: WidgetProps["path"]): McpServerStatus | undefined {
  const [name] = useConfig([...path.slice(0, -1), "server"]);
  return useToolServers()?.find((server) => server.name === name);
}

/** One of the project's MCP servers. */
export function ServerField({ path, schema }: WidgetProps) {
  const { t } = useTranslation("inspector");
  const [value, set] = useConfig(path);
  const servers = useToolServers() ?? [];
  return (
    <ConfigField path={path} schema={schema}>
      <Combobox
        value={textOf(value) || undefined}
        onChange={set}
        options={servers.map((server) => ({
          value: server.name,
          label: server.name,
          hint:
            server.state === "ready"
              ? t("tools.count", { count: server.tools.length })
              : t(`tools.state.${server.state}`),
          icon: <StatusDot tone={TONES[server.state]} />,
        }))}
        placeholder={t("tools.chooseServer")}
        searchLabel={t("tools.searchServer")}
        emptyText={t("tools.noServers")}
        disabled={useReadOnly()}
      />
    </ConfigField>
  );
}

/** One tool of the server named beside it. */
export function ToolField({ path, schema }: WidgetProps) {
  const { t } = useTranslation("inspector");
  const [value, set] = useConfig(path);
  const tools = useServerBeside(path)?.tools ?? [];
  const chosen = tools.find((tool) => tool.name === value);
  return (
    <ConfigField path={path} schema={schema}>
      <Combobox
        value={textOf(value) || undefined}
        onChange={set}
        options={tools.map((tool) => ({ value: tool.name, label: tool.name, ...(tool.title && { hint: tool.title }) }))}
        placeholder={t("tools.chooseTool")}
        searchLabel={t("tools.searchTool")}
        emptyText={t("tools.noTools")}
        disabled={useReadOnly()}
      />
      {chosen && <p className="text-12 text-ink-3">{chosen.description}</p>}
    </ConfigField>
  );
}

/** Which tools of the server may be used; all of them while none is chosen. */
export function ToolsField({ path, schema }: WidgetProps) {
  const { t } = useTranslation("inspector");
  const errorText = useErrorText();
  const [value, set] = useConfig(path);
  const readOnly = useReadOnly();
  const server = useServerBeside(path);
  const chosen = Array.isArray(value) ? value.map(textOf) : [];
  const known = server?.tools ?? [];
  const gone = chosen.filter((name) => !known.some((tool) => tool.name === name));
  const toggle = (name: string, on: boolean) => {
    const all = chosen.length === 0 ? known.map((tool) => tool.name) : chosen;
    const next = on ? [...all, name] : all.filter((other) => other !== name);
    set(next.length === 0 || (gone.length === 0 && next.length === known.length) ? undefined : next);
  };
  const isOn = (name: string) => chosen.length === 0 || chosen.includes(name);
  const names = [...known.map((tool) => tool.name), ...gone];
  return (
    <ConfigField
      path={path}
      schema={schema}
      group
      aside={known.length > 0 && t("tools.chosen", { chosen: chosen.length || known.length, all: known.length })}
    >
      {server?.error && <Callout tone="bad">{errorText(server.error)}</Callout>}
      {names.length === 0 && !server?.error && (
        <p className="text-12 text-ink-3">{t(server ? "tools.waiting" : "tools.chooseServerFirst")}</p>
      )}
      <ul>
        {names.map((name) => {
          const tool = known.find((candidate) => candidate.name === name);
          return (
            <li
              key={name}
              className="group relative flex min-h-7.5 items-center gap-2 border-b border-line-2 py-1 text-12 last:border-0"
              title={tool?.description}
            >
              <Switch checked={isOn(name)} onChange={(on) => toggle(name, on)} label={name} disabled={readOnly} />
              <span className="truncate">{name}</span>
              <span className="ml-auto max-w-1/2 truncate text-ink-3">
                {tool ? (tool.title ?? tool.description) : t("tools.gone")}
              </span>
              <button
                type="button"
                aria-label={t("tools.onlyNamed", { name })}
                disabled={readOnly}
                onClick={() => set([name])}
                className="absolute top-1 right-0 h-5.5 rounded-control bg-panel px-1.5 whitespace-nowrap text-accent opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
              >
                {t("tools.only")}
              </button>
            </li>
          );
        })}
      </ul>
    </ConfigField>
  );
}
