import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ERROR_CATALOG } from "../../../../engine/lib/errors/catalog.ts";
import { configure } from "../../../document/edits.ts";
import { useDocument } from "../../../document/store.ts";
import { useStep } from "../../../canvas/node/run-state.ts";
import { Combobox, Field, IconButton } from "../../../ui/index.ts";
import { useReadOnly } from "../../form/form-context.tsx";

const NONE: readonly string[] = [];

/** Families of errors: `http.*` for all that begin so. */
const FAMILIES = [...new Set(Object.keys(ERROR_CATALOG).map((code) => `${code.split(".")[0]}.*`))].toSorted();

/** For which errors a try is repeated; with none named, for those that say of themselves that it may help. */
export function ErrorCodes({ id }: { id: string }) {
  const { t } = useTranslation("inspector");
  const codes = useDocument((state) => state.flow.nodes[id]?.retry?.on ?? NONE);
  const readOnly = useReadOnly();
  const seen = useStep(id)?.error?.code;
  const set = (next: readonly string[]) => configure(id, ["retry", "on"], next.length === 0 ? undefined : [...next]);
  const offers = [...(seen === undefined ? [] : [seen]), ...FAMILIES, ...Object.keys(ERROR_CATALOG).toSorted()];
  return (
    <Field label={t("fails.on")} help={t("fails.onHelp")} group>
      {codes.length > 0 && (
        <ul className="mb-1.5 flex flex-wrap gap-1">
          {codes.map((code) => (
            <li
              key={code}
              className="flex items-center gap-0.5 rounded-full bg-line-2 pl-2 font-mono text-11 leading-5"
            >
              {code}
              <IconButton
                label={t("form.remove", { name: code })}
                size="sm"
                disabled={readOnly}
                onClick={() => set(codes.filter((other) => other !== code))}
              >
                <X size={11} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <Combobox
        value={undefined}
        onChange={(code) => set([...codes, code])}
        options={[...new Set(offers)]
          .filter((code) => !codes.includes(code))
          .map((code) => ({ value: code, label: code, ...(code === seen && { hint: t("fails.seen") }) }))}
        placeholder={t("fails.addCode")}
        searchLabel={t("fails.findCode")}
        emptyText={t("fails.noCode")}
        customLabel={(typed) => t("fails.ownCode", { typed })}
        disabled={readOnly}
      />
    </Field>
  );
}
