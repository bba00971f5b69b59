import { Clock3, Cpu, Inbox, Rocket, Settings2, Workflow, Wrench, Zap, type LucideIcon } from "lucide-react";
import { useTranslation } from "../i18n/index.ts";
import { useInbox } from "../rpc/index.ts";
import { cn, Tooltip } from "../ui/index.ts";
import { useShell, type Page } from "./store.ts";

const PLACES: readonly { page: Page; Icon: LucideIcon }[] = [
  { page: "flows", Icon: Workflow },
  { page: "runs", Icon: Clock3 },
  { page: "inbox", Icon: Inbox },
  { page: "triggers", Icon: Zap },
  { page: "tools", Icon: Wrench },
  { page: "models", Icon: Cpu },
  { page: "publish", Icon: Rocket },
];

/** The places of the studio, at the left edge. */
export function Rail() {
  const { t } = useTranslation();
  return (
    <nav aria-label={t("nav.label")} className="flex flex-col items-center gap-1 border-r border-line bg-panel py-2">
      {PLACES.map(({ page, Icon }) => (
        <Place key={page} page={page} Icon={Icon} />
      ))}
      <span className="flex-1" />
      <Place page="settings" Icon={Settings2} />
    </nav>
  );
}

function Place({ page, Icon }: { page: Page; Icon: LucideIcon }) {
  const { t } = useTranslation();
  const here = useShell((state) => state.page === page);
  const goTo = useShell((state) => state.goTo);
  const open = useInbox()?.length ?? 0;
  const count = page === "inbox" ? open : 0;
  const name = count > 0 ? t("nav.inboxOpen", { count }) : t(`nav.${page}`);
  return (
    <Tooltip content={name} side="right">
      <button
        type="button"
        aria-label={name}
        aria-current={here ? "page" : undefined}
        onClick={() => goTo(page)}
        className={cn(
          "relative grid size-10 place-items-center rounded-[8px] transition-colors",
          here ? "bg-accent-soft text-accent" : "text-ink-3 hover:bg-hover hover:text-ink",
        )}
      >
        <Icon size={18} strokeWidth={1.75} aria-hidden />
        {count > 0 && <CountBadge count={count} />}
      </button>
    </Tooltip>
  );
}

function CountBadge({ count }: { count: number }) {
  return (
    <span
      aria-hidden
      className="absolute top-0.5 right-0.5 grid h-4 min-w-4 place-items-center rounded-full bg-accent px-1 text-11 leading-none font-semibold text-on-accent tabular-nums"
    >
      {count > 99 ? "99+" : count}
    </span>
  );
}
