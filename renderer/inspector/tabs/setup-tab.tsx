import { useTranslation } from "react-i18next";
import type { JsonSchema } from "../../../engine/lib/json.ts";
import { useNode, useNodeProblems } from "../../canvas/node/use-node.ts";
import { useCatalog } from "../../rpc/index.ts";
import { Callout } from "../../ui/index.ts";
import { ProblemLine } from "../form/problem-line.tsx";
import { WidgetFor } from "../form/schema-field.tsx";
import { SchemaFields } from "../form/schema-fields.tsx";
import { widgetFor } from "../widgets/widget-for.ts";
import { JsonField } from "../widgets/plain-fields.tsx";
import { BoundList } from "./bound-list.tsx";
import { NoteField } from "./note-field.tsx";
import { Join, WhenItFails } from "./when-it-fails.tsx";

const ANYTHING: JsonSchema = { title: "config" };

/** A node's settings: what is wrong first, then its form, then what every step has. */
export function SetupTab({ id }: { id: string }) {
  const { t } = useTranslation("inspector");
  const { node, shape } = useNode(id);
  const type = useCatalog().get(node?.type ?? "");
  return (
    <div className="flex flex-col gap-3.5">
      <NodeProblems id={id} />
      {type ? (
        <WidgetFor value={widgetFor}>
          <SchemaFields schema={type.config} />
        </WidgetFor>
      ) : (
        <>
          <p className="text-12 text-ink-3">{t("node.unknownType", { type: node?.type })}</p>
          <JsonField path={[]} schema={ANYTHING} />
        </>
      )}
      {shape && shape.slots.length > 0 && <BoundList id={id} slots={shape.slots} />}
      {shape?.role === "step" && <Join id={id} />}
      {shape?.role === "step" && <WhenItFails id={id} />}
      {shape?.role !== "note" && <NoteField id={id} />}
    </div>
  );
}

/** Problems that belong to no single field; those of fields stand at the field. */
function NodeProblems({ id }: { id: string }) {
  const problems = useNodeProblems(id).filter((problem) => problem.field === undefined);
  return problems.map((problem) => (
    <Callout key={problem.code + JSON.stringify(problem.params)} tone={problem.severity === "error" ? "bad" : "warn"}>
      <ProblemLine problem={problem} />
    </Callout>
  ));
}
