import { Braces, ChevronDown, ChevronRight, Play } from "lucide-react";
import { useMemo, useState } from "react";
import type { JsonValue } from "../../engine/lib/json.ts";
import type { McpServerStatus } from "../../engine/rpc/contract.ts";
import { useErrorText, useLanguage, useTranslation } from "../i18n/index.ts";
import { getRpc } from "../rpc/index.ts";
import { draftOf, readDraft, SchemaForm, schemaFields } from "../run/index.ts";
import { Button, Callout, CopyButton, IconButton, JsonView } from "../ui/index.ts";

type McpTool = McpServerStatus["tools"][number];

/** A tool with what it does; opens to its form. */
export function ToolCard({ server, tool }: { server: string; tool: McpTool }) {
  const { t } = useTranslation("tools");
  const [open, setOpen] = useState(false);
  const [schema, setSchema] = useState(false);
  return (
    <section aria-label={tool.name} className="px-4 py-2.5">
      <div className="flex items-start gap-2">
        <button
          type="button"
          aria-expanded={open}
          title={t("tryNamed", { name: tool.name })}
          onClick={() => setOpen(!open)}
          className="flex min-w-0 flex-1 items-start gap-2 text-left"
        >
          {open ? (
            <ChevronDown size={15} aria-hidden className="mt-0.5 shrink-0 text-ink-3" />
          ) : (
            <ChevronRight size={15} aria-hidden className="mt-0.5 shrink-0 text-ink-3" />
          )}
          <span className="min-w-0">
            <span className="font-mono text-12 font-medium">{tool.name}</span>
            {tool.title && tool.title !== tool.name && <span className="ml-2 text-12 text-ink-3">{tool.title}</span>}
            {tool.description !== tool.title && (
              <span className="block text-12 text-pretty text-ink-2">{tool.description}</span>
            )}
          </span>
        </button>
        <IconButton
          label={t("showSchema", { name: tool.name })}
          size="sm"
          aria-expanded={schema}
          active={schema}
          onClick={() => setSchema(!schema)}
        >
          <Braces size={14} aria-hidden />
        </IconButton>
      </div>
      {schema && <JsonView value={tool.inputSchema as JsonValue} className="mt-2 ml-6" />}
      {open && <TryTool server={server} tool={tool} />}
    </section>
  );
}

type Outcome =
  | { state: "calling" }
  | { state: "done"; content: string; value: JsonValue }
  | { state: "failed"; error: unknown };

function TryTool({ server, tool }: { server: string; tool: McpTool }) {
  const { t } = useTranslation("tools");
  const language = useLanguage();
  const fields = useMemo(() => schemaFields(tool.inputSchema, language), [tool.inputSchema, language]);
  const [draft, setDraft] = useState(() => draftOf(fields));
  const [asked, setAsked] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const read = readDraft(fields, draft);

  async function call() {
    setAsked(true);
    if (!read.ok) return;
    setOutcome({ state: "calling" });
    try {
      const result = await getRpc().tools.call({ server, tool: tool.name, arguments: read.value });
      setOutcome({ state: "done", ...result });
    } catch (error) {
      setOutcome({ state: "failed", error });
    }
  }

  return (
    <form
      className="mt-3 ml-6 flex max-w-150 flex-col gap-3 pb-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        void call();
      }}
    >
      {fields.length === 0 ? (
        <p className="text-12 text-ink-3">{t("noArguments")}</p>
      ) : (
        <SchemaForm
          fields={fields}
          draft={draft}
          onChange={setDraft}
          {...(asked && !read.ok && { problems: read.problems })}
        />
      )}
      <Button
        variant="primary"
        type="submit"
        busy={outcome?.state === "calling"}
        icon={<Play size={12} fill="currentColor" aria-hidden />}
        className="self-start"
      >
        {t("call")}
      </Button>
      {outcome && <OutcomeView outcome={outcome} />}
    </form>
  );
}

function OutcomeView({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation(["tools", "shell"]);
  const errorText = useErrorText();
  if (outcome.state === "calling") return null;
  if (outcome.state === "failed") {
    return (
      <Callout tone="bad">
        <div className="font-semibold">{t("callFailed")}</div>
        {errorText(outcome.error)}
      </Callout>
    );
  }
  return (
    <div role="status">
      <div className="flex items-center">
        <h3 className="text-12 font-semibold">{t("result")}</h3>
        <span className="ml-auto">
          <CopyButton text={outcome.content} label={t("shell:common.copy")} doneLabel={t("shell:common.copied")} />
        </span>
      </div>
      <JsonView value={outcome.value} />
    </div>
  );
}
