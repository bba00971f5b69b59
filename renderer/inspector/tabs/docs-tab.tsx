import { useTranslation } from "react-i18next";
import { useNode } from "../../canvas/node/use-node.ts";
import { useText } from "../../i18n/index.ts";
import { useCatalog } from "../../rpc/index.ts";
import { Markdown } from "../markdown.tsx";

/** What the node's author wrote about it. */
export function DocsTab({ id }: { id: string }) {
  const { t } = useTranslation("inspector");
  const text = useText();
  const type = useCatalog().get(useNode(id).node?.type ?? "");
  if (!type) return <p className="text-12 text-ink-3">{t("docs.none")}</p>;
  return (
    <article className="text-13 text-ink-2">
      <h3 className="mb-1 text-14 font-semibold text-ink">{text(type.title)}</h3>
      <p className="mb-3 text-ink-2">{text(type.description)}</p>
      <Markdown text={text(type.docs)} />
      <p className="mt-4 font-mono text-11 text-ink-3">
        {type.type} · {t("docs.version", { version: type.version })}
      </p>
      {type.origin && (
        <p className="mt-1 text-12 text-ink-2">
          {t(`docs.from.${type.origin.kind}`)} <span className="font-mono text-11">{type.origin.name}</span>
        </p>
      )}
    </article>
  );
}
