import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState, type ReactNode } from "react";
import type { JsonValue } from "../../../engine/lib/json.ts";
import { useErrorText, useTranslation } from "../../i18n/index.ts";
import { getRpc } from "../../rpc/index.ts";
import { Button, Callout, CopyButton, JsonView } from "../../ui/index.ts";
import { formatBytes } from "../format.ts";

export interface ValueProps {
  title: string;
  value: JsonValue;
  aside?: ReactNode;
  /** Set when `value` is only the beginning of a large one. */
  large?: { runId: string; digest: string; bytes: number } | undefined;
}

/** A recorded value under its name, to read and to copy. */
export function Value({ title, value, aside, large }: ValueProps) {
  if (large) return <LargeValue title={title} preview={value} {...large} />;
  return (
    <Frame title={title} aside={aside} copied={textOf(value)}>
      <JsonView value={value} />
    </Frame>
  );
}

const textOf = (value: JsonValue): string => (typeof value === "string" ? value : JSON.stringify(value, null, 2));

/** Beyond this a page shows no whole value: it goes into a file instead. */
const MOST_SHOWN = 4_000_000;

interface LargeValueProps {
  title: string;
  preview: JsonValue;
  runId: string;
  digest: string;
  bytes: number;
}

/** The beginning of a large value, and the whole of it on demand. */
function LargeValue({ title, preview, runId, digest, bytes }: LargeValueProps) {
  const { t } = useTranslation("run");
  const errorText = useErrorText();
  const [asked, setAsked] = useState(false);
  const whole = useQuery({
    queryKey: ["runs.value", runId, digest],
    enabled: asked,
    queryFn: () => getRpc().runs.value({ runId, digest }),
    gcTime: 60_000,
  });
  const loaded = whole.data;
  const tooLong = bytes > MOST_SHOWN;
  return (
    <Frame title={title} aside={formatBytes(bytes)} copied={textOf(loaded ?? preview)}>
      <JsonView value={loaded !== undefined && !tooLong ? loaded : preview} />
      {loaded === undefined && (
        <div className="mt-1.5 flex flex-wrap items-center gap-2 text-12 text-ink-2">
          {t("value.beginning", { size: formatBytes(bytes) })}
          <Button size="sm" busy={asked && whole.isFetching} onClick={() => setAsked(true)}>
            {t("value.loadAll")}
          </Button>
        </div>
      )}
      {loaded !== undefined && tooLong && (
        <div className="mt-1.5 flex flex-wrap items-center gap-2 text-12 text-ink-2">
          {t("value.tooLong")}
          <Button
            size="sm"
            icon={<Download size={12} aria-hidden />}
            onClick={() => saveFile(`${digest.slice(0, 12)}.json`, textOf(loaded))}
          >
            {t("value.save")}
          </Button>
        </div>
      )}
      {whole.error && (
        <Callout tone="bad" className="mt-1.5">
          {errorText(whole.error)}
        </Callout>
      )}
    </Frame>
  );
}

function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

interface FrameProps {
  title: string;
  aside?: ReactNode;
  copied: string;
  children: ReactNode;
}

function Frame({ title, aside, copied, children }: FrameProps) {
  const { t } = useTranslation(["run", "shell"]);
  return (
    <div>
      <div className="mb-1 flex h-6 items-center gap-2">
        <div className="text-12 font-semibold">{title}</div>
        {aside && <span className="truncate font-mono text-11 text-ink-3">{aside}</span>}
        <span className="ml-auto">
          <CopyButton text={copied} label={t("value.copy", { what: title })} doneLabel={t("shell:common.copied")} />
        </span>
      </div>
      {children}
    </div>
  );
}
