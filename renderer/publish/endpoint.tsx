import { Eye, EyeOff } from "lucide-react";
import { useState, type ReactNode } from "react";
import type { JsonObject } from "../../engine/lib/json.ts";
import { useTranslation } from "../i18n/index.ts";
import { CopyButton, Field, IconButton, TabPanel, Tabs } from "../ui/index.ts";
import { CALL_MODES, curlCommand, type CallMode } from "./snippets.ts";

export interface EndpointProps {
  endpoint: string;
  /** Known in the window that published. */
  apiKey: string | undefined;
  /** What the examples send. */
  input: JsonObject;
}

const HIDDEN_KEY = "••••••••••••";

/** Where the flow answers, with which key, and how to ask from a shell. */
export function Endpoint({ endpoint, apiKey, input }: EndpointProps) {
  const { t } = useTranslation("publish");
  const [shown, setShown] = useState(false);
  return (
    <div className="flex flex-col gap-4">
      <Line label={t("dialog.endpoint")} text={endpoint} copy={t("dialog.copyEndpoint")} copied={endpoint} />
      <Line
        label={t("dialog.apiKey")}
        help={apiKey ? t("dialog.apiKeyHelp") : t("dialog.keyUnknown")}
        text={apiKey && shown ? apiKey : HIDDEN_KEY}
        copy={t("dialog.copyKey")}
        copied={apiKey}
      >
        {apiKey && (
          <IconButton label={t(shown ? "dialog.hide" : "dialog.reveal")} size="sm" onClick={() => setShown(!shown)}>
            {shown ? <EyeOff size={14} aria-hidden /> : <Eye size={14} aria-hidden />}
          </IconButton>
        )}
      </Line>
      <Snippets endpoint={endpoint} apiKey={apiKey} shown={shown} input={input} />
    </div>
  );
}

interface LineProps {
  label: string;
  help?: string;
  text: string;
  copy: string;
  copied: string | undefined;
  children?: ReactNode;
}

function Line({ label, help, text, copy, copied, children }: LineProps) {
  const { t } = useTranslation("shell");
  return (
    <Field label={label} help={help} group>
      <div className="flex h-7.5 items-center gap-1 rounded-control border border-line bg-sunken pr-1 pl-2.25">
        <code className="min-w-0 flex-1 truncate font-mono text-12">{text}</code>
        {children}
        {copied && <CopyButton text={copied} label={copy} doneLabel={t("common.copied")} />}
      </div>
    </Field>
  );
}

function Snippets({ endpoint, apiKey, shown, input }: EndpointProps & { shown: boolean }) {
  const { t } = useTranslation(["publish", "shell"]);
  const [mode, setMode] = useState<CallMode>("sync");
  const command = (key: string) => curlCommand(mode, { endpoint, apiKey: key, input });
  const shownKey = shown && apiKey ? apiKey : HIDDEN_KEY;
  return (
    <Tabs
      value={mode}
      onChange={setMode}
      label={t("dialog.code")}
      flush
      compact
      items={CALL_MODES.map((value) => ({ value, label: t(`dialog.${value}`) }))}
      aside={
        <CopyButton
          text={command(apiKey ?? "$HEDDLE_KEY")}
          label={t("dialog.copyCommand")}
          doneLabel={t("shell:common.copied")}
        />
      }
    >
      <TabPanel value={mode}>
        <pre
          tabIndex={0}
          className="mt-2 overflow-x-auto rounded-control border border-line-2 bg-sunken px-3 py-2.5 font-mono text-11"
        >
          {command(shownKey)}
        </pre>
      </TabPanel>
    </Tabs>
  );
}
