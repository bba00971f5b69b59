import { useState } from "react";
import type { McpServerConfig, McpServerStatus } from "../../engine/rpc/contract.ts";
import { useErrorText, useTranslation } from "../i18n/index.ts";
import { getRpc } from "../rpc/index.ts";
import { Button, Dialog, Field, Input, notify, Select, TabPanel, Tabs, Textarea } from "../ui/index.ts";
import { configOf, EMPTY_FORM, formOf, isComplete, readPasted, type ServerForm } from "./server-form.ts";

export interface ServerDialogProps {
  /** The server to edit; none adds one. */
  server?: McpServerStatus;
  onClose: () => void;
  onSaved?: (name: string) => void;
}

type Way = "fields" | "paste";

/** Adds a server, by a form or by pasting what another tool's documentation says; or edits one. */
export function ServerDialog({ server, onClose, onSaved }: ServerDialogProps) {
  const { t } = useTranslation(["tools", "shell"]);
  const errorText = useErrorText();
  const [way, setWay] = useState<Way>("fields");
  const [form, setForm] = useState<ServerForm>(server ? formOf(server.name, server.config) : EMPTY_FORM);
  const [pasted, setPasted] = useState("");
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const read = readPasted(pasted, form.name);
  const ready = way === "fields" ? isComplete(form) : read.ok;

  async function save(servers: { name: string; config: McpServerConfig }[]) {
    setBusy(true);
    setProblem(undefined);
    try {
      for (const each of servers) await getRpc().tools.saveServer(each);
      const [first] = servers;
      notify.done(
        servers.length > 1 ? t("form.savedSeveral", { count: servers.length }) : t("form.saved", { name: first?.name }),
      );
      if (first) onSaved?.(first.name);
      onClose();
    } catch (error) {
      setProblem(`${t("form.failed")}: ${errorText(error)}`);
      setBusy(false);
    }
  }

  const submit = () => {
    if (way === "fields" && isComplete(form)) void save([{ name: form.name, config: configOf(form, server?.config) }]);
    if (way === "paste" && read.ok) void save(read.servers);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={server ? t("form.editTitle", { name: server.name }) : t("form.addTitle")}
      closeLabel={t("shell:common.close")}
      footer={
        <>
          <Button onClick={onClose}>{t("shell:common.cancel")}</Button>
          <Button variant="primary" type="submit" form="mcp-server" busy={busy} disabled={!ready}>
            {t("form.save")}
          </Button>
        </>
      }
    >
      <form
        id="mcp-server"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Tabs
          value={way}
          onChange={setWay}
          label={t("form.way")}
          flush
          hideList={server !== undefined}
          items={[
            { value: "fields", label: t("form.fields") },
            { value: "paste", label: t("form.paste") },
          ]}
        >
          <TabPanel value="fields" className="pt-4">
            <ServerFields form={form} onChange={setForm} named={server !== undefined} />
          </TabPanel>
          <TabPanel value="paste" className="flex flex-col gap-4 pt-4">
            <Field
              label="mcp.json"
              help={t("form.pasteHelp")}
              problem={pasted && !read.ok && read.problem !== "needs-name" ? t(`paste.${read.problem}`) : undefined}
            >
              <Textarea
                mono
                rows={9}
                value={pasted}
                onChange={(event) => setPasted(event.target.value)}
                placeholder={EXAMPLE}
                spellCheck={false}
              />
            </Field>
            {pasted && !read.ok && read.problem === "needs-name" && <NameField form={form} onChange={setForm} />}
          </TabPanel>
        </Tabs>
        {problem && (
          <p role="alert" className="mt-3 text-12 text-bad">
            {problem}
          </p>
        )}
      </form>
    </Dialog>
  );
}

const EXAMPLE = `{
  "mcpServers": {
    "files": {
      "command": "npx",
      "args": ["-y", "@modelcontextprotocol/server-filesystem", "/data"]
    }
  }
}`;

interface FieldsProps {
  form: ServerForm;
  onChange: (form: ServerForm) => void;
}

function NameField({ form, onChange }: FieldsProps) {
  const { t } = useTranslation("tools");
  return (
    <Field label={t("form.name")} help={t("form.nameHelp")}>
      <Input
        mono
        value={form.name}
        placeholder="shop"
        onChange={(event) => onChange({ ...form, name: event.target.value.replace(/[^A-Za-z0-9_-]/g, "-") })}
      />
    </Field>
  );
}

function ServerFields({ form, onChange, named }: FieldsProps & { named: boolean }) {
  const { t } = useTranslation("tools");
  return (
    <div className="flex flex-col gap-4">
      {!named && <NameField form={form} onChange={onChange} />}
      <Field label={t("form.transport")}>
        <Select<ServerForm["transport"]>
          value={form.transport}
          onChange={(transport) => onChange({ ...form, transport })}
          options={[
            { value: "stdio", label: t("form.stdio") },
            { value: "http", label: t("form.http") },
          ]}
        />
      </Field>
      {form.transport === "stdio" ? <StdioFields {...{ form, onChange }} /> : <HttpFields {...{ form, onChange }} />}
    </div>
  );
}

function StdioFields({ form, onChange }: FieldsProps) {
  const { t } = useTranslation(["tools", "shell"]);
  const optional = t("shell:common.optional");
  return (
    <>
      <Field label={t("form.command")}>
        <Input
          mono
          value={form.command}
          placeholder="npx"
          onChange={(event) => onChange({ ...form, command: event.target.value })}
        />
      </Field>
      <Field label={t("form.args")} help={t("form.argsHelp")} optional={optional}>
        <Textarea
          mono
          value={form.args}
          onChange={(event) => onChange({ ...form, args: event.target.value })}
          spellCheck={false}
        />
      </Field>
      <Field label={t("form.env")} help={t("form.envHelp")} optional={optional}>
        <Textarea
          mono
          value={form.env}
          onChange={(event) => onChange({ ...form, env: event.target.value })}
          spellCheck={false}
        />
      </Field>
    </>
  );
}

function HttpFields({ form, onChange }: FieldsProps) {
  const { t } = useTranslation(["tools", "shell"]);
  return (
    <>
      <Field label={t("form.url")}>
        <Input
          mono
          value={form.url}
          placeholder="http://127.0.0.1:3001/mcp"
          onChange={(event) => onChange({ ...form, url: event.target.value })}
        />
      </Field>
      <Field label={t("form.headers")} help={t("form.headersHelp")} optional={t("shell:common.optional")}>
        <Textarea
          mono
          value={form.headers}
          onChange={(event) => onChange({ ...form, headers: event.target.value })}
          spellCheck={false}
        />
      </Field>
    </>
  );
}
