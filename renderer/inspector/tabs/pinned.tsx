import { Pin, PinOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import { DEFAULT_PORT } from "../../../engine/flow/schema.ts";
import { useNode } from "../../canvas/node/use-node.ts";
import { useStep } from "../../canvas/node/run-state.ts";
import { marksOf, useDebugMarks, type Pin as PinnedResult } from "../../document/debug-marks.ts";
import { useDocument } from "../../document/store.ts";
import { useText } from "../../i18n/index.ts";
import { Button, Field, Select } from "../../ui/index.ts";
import { JsonInput } from "../widgets/plain-fields.tsx";

/** A result that stands instead of running the step: pinned from the last run or written by hand, kept in this browser. */
export function Pinned({ id }: { id: string }) {
  const { t } = useTranslation("inspector");
  const path = useDocument((state) => state.path);
  const pin = useDebugMarks((marks) => marksOf(marks, path).pins[id]);
  const step = useStep(id);
  const { pin: keep, unpin } = useDebugMarks.getState();
  if (!pin) {
    return (
      <Button
        size="sm"
        className="self-start"
        icon={<Pin size={13} aria-hidden />}
        onClick={() =>
          keep(path, id, { output: step?.output ?? {}, ...(step?.port !== undefined && { port: step.port }) })
        }
      >
        {t(step?.output === undefined ? "pin.write" : "pin.keep")}
      </Button>
    );
  }
  return (
    <section className="flex flex-col gap-2.5 rounded-[8px] border border-line-2 bg-sunken p-2.5">
      <div className="flex items-center gap-1.5 text-12">
        <Pin size={13} aria-hidden className="text-info" />
        <span className="font-semibold">{t("pin.name")}</span>
        <Button
          size="sm"
          variant="ghost"
          className="ml-auto"
          icon={<PinOff size={13} aria-hidden />}
          onClick={() => unpin(path, id)}
        >
          {t("pin.remove")}
        </Button>
      </div>
      <p className="text-12 text-ink-2">{t("pin.help")}</p>
      <JsonInput
        value={pin.output}
        label={t("pin.name")}
        onChange={(output) => output !== undefined && keep(path, id, { ...pin, output })}
      />
      <WayOut id={id} pin={pin} />
    </section>
  );
}

/** By which way the step is left, where it has several. */
function WayOut({ id, pin }: { id: string; pin: PinnedResult }) {
  const { t } = useTranslation("inspector");
  const text = useText();
  const path = useDocument((state) => state.path);
  const ports = useNode(id).shape?.ports ?? [];
  if (ports.length < 2) return null;
  return (
    <Field label={t("pin.port")}>
      <Select
        value={pin.port ?? DEFAULT_PORT}
        onChange={(port) => useDebugMarks.getState().pin(path, id, { ...pin, port })}
        options={ports.map((port) => ({ value: port.id, label: port.label ? text(port.label) : port.id }))}
      />
    </Field>
  );
}
