import { useTranslation } from "../../i18n/index.ts";
import { useConnection } from "../../rpc/index.ts";
import { Spinner } from "../../ui/index.ts";

/** A strip over everything while the host can't be reached. */
export function ConnectionStrip() {
  const { t } = useTranslation();
  const lost = useConnection((state) => state.everOpen && state.status !== "open");
  if (!lost) return null;
  return (
    <div role="alert" className="flex shrink-0 items-center gap-2 bg-warn-soft px-4 py-1.5 text-12 text-ink">
      <Spinner size={13} />
      {t("connection.lost")}
    </div>
  );
}
