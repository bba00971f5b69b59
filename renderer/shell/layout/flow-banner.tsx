import { useDocument } from "../../document/store.ts";
import { useErrorText, useTranslation } from "../../i18n/index.ts";
import { Button, Callout } from "../../ui/index.ts";
import { useShell } from "../store.ts";

/** What must be known about the open file before editing it: a conflict, a newer version, text that can't be read. */
export function FlowBanner() {
  const { t } = useTranslation();
  const conflict = useDocument((state) => state.conflict);
  const title = useDocument((state) => state.flow.name);
  const newer = useDocument((state) => state.readOnly === "newer-version");
  const broken = useDocument((state) => state.broken);
  const past = useDocument((state) => state.past);
  const openError = useDocument((state) => state.openError);
  const errorText = useErrorText();
  const code = useShell((state) => state.code);
  const toggleCode = useShell((state) => state.toggleCode);
  const resolve = useDocument((state) => state.resolveConflict);
  if (conflict) {
    const choice = (which: "mine" | "theirs" | "both") => (
      <Button key={which} size="sm" onClick={() => void resolve(which)}>
        {t(`conflict.${which}`)}
      </Button>
    );
    return (
      <Banner
        tone="warn"
        actions={conflict.text === null ? choice("mine") : (["mine", "theirs", "both"] as const).map(choice)}
      >
        <strong className="font-semibold">{t("conflict.title", { name: title })}</strong>{" "}
        {t(conflict.text === null ? "conflict.removed" : "conflict.body")}
      </Banner>
    );
  }
  if (past) return <PastBanner />;
  if (openError) return <Banner tone="bad">{`${t("openFailed")}: ${errorText(openError)}`}</Banner>;
  if (newer) return <Banner tone="info">{t("readOnly.newer")}</Banner>;
  if (broken) {
    const openCode = (
      <Button size="sm" onClick={toggleCode}>
        {t("readOnly.openCode")}
      </Button>
    );
    return (
      <Banner tone="bad" actions={!code && openCode}>
        {t("readOnly.broken")}
      </Banner>
    );
  }
  return null;
}

function PastBanner() {
  const { t } = useTranslation();
  const name = useDocument((state) => state.name);
  const reopen = useDocument((state) => state.open);
  const back = name && (
    <Button size="sm" onClick={() => void reopen(name)}>
      {t("past.back")}
    </Button>
  );
  return (
    <Banner tone="info" actions={back}>
      {t("past.body")}
    </Banner>
  );
}

function Banner(props: Parameters<typeof Callout>[0]) {
  return (
    <div className="pointer-events-none absolute inset-x-0 top-3 z-20 flex justify-center px-4">
      <Callout {...props} className="pointer-events-auto max-w-150 shadow-float" />
    </div>
  );
}
