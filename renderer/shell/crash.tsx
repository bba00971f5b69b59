import { useTranslation } from "../i18n/index.ts";
import { Button, Callout } from "../ui/index.ts";

/** What stands where a part of the studio threw. */
export function Crash({ error }: { error: Error }) {
  const { t } = useTranslation();
  return (
    <div className="grid h-full place-items-center p-6">
      <Callout
        tone="bad"
        className="max-w-120"
        actions={
          <Button size="sm" onClick={() => location.reload()}>
            {t("crash.reload")}
          </Button>
        }
      >
        <div className="font-semibold">{t("crash.title")}</div>
        <p>{t("crash.body")}</p>
        <code className="mt-1 block font-mono text-11 break-words text-ink-2">{error.message}</code>
      </Callout>
    </div>
  );
}
