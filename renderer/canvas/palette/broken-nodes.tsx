import { useQuery } from "@tanstack/react-query";
import { RotateCw, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { BrokenNode } from "../../../engine/rpc/contract.ts";
import { useErrorText } from "../../i18n/index.ts";
import { getRpc, QUERY, refresh } from "../../rpc/index.ts";
import { IconButton, notify } from "../../ui/index.ts";

const BROKEN = ["catalog.broken"];

/** Steps of the project that couldn't be loaded, with the reason: for whoever writes them. */
export function BrokenNodes() {
  const { t } = useTranslation("canvas");
  const errorText = useErrorText();
  const broken = useQuery({ queryKey: BROKEN, queryFn: () => getRpc().catalog.broken({}) }).data ?? [];
  const reload = async () => {
    try {
      await getRpc().catalog.reload({});
      await Promise.all([refresh(QUERY.catalog), refresh(BROKEN)]);
    } catch (error) {
      notify.failed(errorText(error));
    }
  };
  if (broken.length === 0) return null;
  return (
    <section aria-label={t("palette.broken")} className="border-t border-line-2 pt-2 pb-2.5">
      <h2 className="flex items-center px-1 text-11 font-semibold text-ink-3">
        {t("palette.broken")}
        <IconButton label={t("palette.reload")} size="sm" className="ml-auto" onClick={() => void reload()}>
          <RotateCw size={12} aria-hidden />
        </IconButton>
      </h2>
      <ul>
        {broken.map((node) => (
          <Row key={`${node.origin.kind} ${node.origin.name}`} node={node} />
        ))}
      </ul>
    </section>
  );
}

function Row({ node: { origin, error } }: { node: BrokenNode }) {
  const errorText = useErrorText();
  return (
    <li className="flex gap-2 px-1.5 py-1 text-12">
      <TriangleAlert size={13} aria-hidden className="mt-0.5 shrink-0 text-bad" />
      <div className="min-w-0">
        <div className="truncate font-mono text-11">{origin.name}</div>
        <p className="line-clamp-4 [overflow-wrap:anywhere] text-ink-2">{errorText(error)}</p>
      </div>
    </li>
  );
}
