import { useMemo } from "react";
import type { JsonValue } from "../../../engine/lib/json.ts";
import { useTranslation } from "../../i18n/index.ts";
import { cn } from "../../ui/index.ts";
import { jsonDiff } from "./json-diff.ts";

/** Two values side by side, with what differs marked. */
export function JsonDiffView({ left, right }: { left: JsonValue | undefined; right: JsonValue | undefined }) {
  const { t } = useTranslation("runs");
  const lines = useMemo(() => jsonDiff(left, right), [left, right]);
  return (
    <div
      tabIndex={0}
      role="group"
      aria-label={t("difference")}
      className="max-h-96 overflow-auto rounded-control border border-line-2 bg-sunken font-mono text-11"
    >
      <table className="w-full table-fixed border-collapse">
        <thead className="sr-only">
          <tr>
            <th scope="col">{t("left")}</th>
            <th scope="col">{t("right")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <tr key={index}>
              <Side text={line.left} changed={line.kind === "changed"} hue="bg-bad-soft" mark="−" />
              <Side text={line.right} changed={line.kind === "changed"} hue="bg-ok-soft" mark="+" />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Side({ text, changed, hue, mark }: { text: string | null; changed: boolean; hue: string; mark: string }) {
  return (
    <td
      className={cn(
        "w-1/2 border-line-2 px-2 align-top whitespace-pre-wrap [overflow-wrap:anywhere] [&+td]:border-l",
        changed && text !== null && hue,
      )}
    >
      {text !== null && (
        <>
          <span aria-hidden className="mr-1.5 inline-block w-2 text-ink-3 select-none">
            {changed ? mark : ""}
          </span>
          {text}
        </>
      )}
    </td>
  );
}
