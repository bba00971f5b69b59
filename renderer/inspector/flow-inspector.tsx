import { useTranslation } from "react-i18next";
import type { FlowAnalysis, Problem } from "../../engine/flow/index.ts";
import { useNode } from "../canvas/node/use-node.ts";
import { edit } from "../document/edits.ts";
import { useDocument } from "../document/store.ts";
import { useSelection } from "../selection/store.ts";
import { Field, Input, NodeChip, ScrollArea, Textarea } from "../ui/index.ts";
import { useReadOnly } from "./form/form-context.tsx";
import { ProblemLine } from "./form/problem-line.tsx";
import { useDraft } from "./form/use-draft.ts";
import { SchemaTree } from "./tabs/schema-tree.tsx";

const NO_PROBLEMS: readonly Problem[] = [];
const NO_INPUT: FlowAnalysis["input"] = {};

/** The flow itself: what it is called, what it is for, what it asks for, and what is wrong. */
export function FlowInspector() {
  const { t } = useTranslation("inspector");
  const open = useDocument((state) => state.name !== null && !state.loading);
  if (!open) return null;
  return (
    <ScrollArea className="h-full" viewportClassName="px-3.5 pt-3.5 pb-6">
      <div className="flex flex-col gap-4">
        <h2 className="text-14 font-semibold">{t("flow.name")}</h2>
        <Description />
        <Triggers />
        <StartForm />
        <Problems />
        <p className="rounded-[8px] bg-sunken px-3 py-2.5 text-12 text-ink-3">{t("flow.hint")}</p>
      </div>
    </ScrollArea>
  );
}

function Description() {
  const { t } = useTranslation("inspector");
  const { name, description } = useDocument((state) => state.flow);
  const readOnly = useReadOnly();
  const title = useDraft(name, (text) => text.trim() !== "" && edit({ do: "flow.describe", name: text, description }));
  const words = useDraft(description ?? "", (text) =>
    edit({ do: "flow.describe", name, description: text === "" ? undefined : text }),
  );
  return (
    <>
      <Field label={t("flow.title")}>
        <Input {...title.props} readOnly={readOnly} />
      </Field>
      <Field label={t("flow.description")} help={t("flow.descriptionHelp")}>
        <Textarea {...words.props} readOnly={readOnly} />
      </Field>
    </>
  );
}

const NO_TRIGGERS: FlowAnalysis["triggers"] = [];

/** Of a flow that several things can begin: which. */
function Triggers() {
  const { t } = useTranslation("inspector");
  const triggers = useDocument((state) => state.analysis?.triggers ?? NO_TRIGGERS);
  if (triggers.length < 2) return null;
  return (
    <section>
      <h3 className="mb-1 text-12 font-semibold">{t("flow.begins")}</h3>
      {triggers.map(({ key }, i) => (
        <Trigger key={key} id={key} byHand={i === 0} />
      ))}
    </section>
  );
}

function Trigger({ id, byHand }: { id: string; byHand: boolean }) {
  const { t } = useTranslation("inspector");
  const { family, icon, title } = useNode(id);
  return (
    <button
      type="button"
      className="flex h-7.5 w-full items-center gap-2 border-b border-line-2 text-left text-12 last-of-type:border-0 hover:text-accent"
      onClick={() => useSelection.getState().select([id])}
    >
      <NodeChip family={family} icon={icon} size="xs" />
      <span className="truncate">{title}</span>
      {byHand && <span className="ml-auto text-11 text-ink-3">{t("flow.byHand")}</span>}
    </button>
  );
}

function StartForm() {
  const { t } = useTranslation("inspector");
  const input = useDocument((state) => state.analysis?.input ?? NO_INPUT);
  const start = useDocument((state) => state.analysis?.triggers[0]?.key);
  const none = Object.keys(input.properties ?? {}).length === 0;
  return (
    <section>
      <div className="mb-1 flex items-baseline">
        <h3 className="text-12 font-semibold">{t("flow.input")}</h3>
        {start !== undefined && (
          <button
            type="button"
            className="ml-auto text-12 font-medium text-accent hover:underline"
            onClick={() => useSelection.getState().goTo(start)}
          >
            {t("flow.editInput")}
          </button>
        )}
      </div>
      {none ? (
        <p className="text-12 text-ink-3">{t("flow.noInput")}</p>
      ) : (
        <SchemaTree root={start ?? "start"} schema={input} />
      )}
    </section>
  );
}

function Problems() {
  const { t } = useTranslation("inspector");
  const problems = useDocument((state) => state.analysis?.problems ?? NO_PROBLEMS);
  if (problems.length === 0) return null;
  return (
    <section>
      <h3 className="mb-1 text-12 font-semibold">{t("flow.problems", { count: problems.length })}</h3>
      <ul className="flex flex-col gap-2">
        {problems.map((problem, i) => (
          <li key={i} className="text-12">
            <ProblemLine problem={problem} />
            {problem.node !== undefined && (
              <button
                type="button"
                className="font-medium text-ink-2 hover:text-ink hover:underline"
                onClick={() => useSelection.getState().goTo(problem.node!, problem.field)}
              >
                {t("flow.show", { key: problem.node })}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
