import { ArrowDown, ArrowUp } from "lucide-react";
import { useTranslation } from "react-i18next";
import { pathText } from "../../../engine/flow/index.ts";
import { isJsonObject, type JsonObject } from "../../../engine/lib/json.ts";
import { edit } from "../../document/edits.ts";
import { fieldHints } from "../../document/field-hints.ts";
import { useText } from "../../i18n/index.ts";
import { IconButton } from "../../ui/index.ts";
import { ConfigField } from "../form/config-field.tsx";
import { useConfig, useFieldProblems, useFormNode } from "../form/form-context.tsx";
import { ProblemLine } from "../form/problem-line.tsx";
import type { WidgetProps } from "../form/widget-props.ts";
import { ReferenceInput } from "../template/reference-input.tsx";
import { freeName, NameInput, RemoveButton, Rows } from "./rows.tsx";

const nameOf = (item: JsonObject): string => (typeof item["id"] === "string" ? item["id"] : "");

/** Ways out with the condition of each, tried from top to bottom. A way that is renamed keeps its wires. */
export function CasesField({ path, schema }: WidgetProps) {
  const { t } = useTranslation("inspector");
  const node = useFormNode();
  const [value, set] = useConfig(path);
  const cases = Array.isArray(value) ? value.filter(isJsonObject) : [];
  const names = cases.map(nameOf);
  const swap = (i: number, j: number) => {
    const next = [...cases];
    [next[i], next[j]] = [next[j]!, next[i]!];
    set(next);
  };
  const rename = (index: number, to: string) =>
    edit({
      do: "batch",
      commands: [
        { do: "node.configure", key: node, path: ["config", ...path, index, "id"], value: to },
        { do: "port.rename", key: node, from: names[index]!, to },
      ],
    });
  return (
    <ConfigField path={path} schema={schema} group>
      <Rows addLabel={t("cases.add")} onAdd={() => set([...cases, { id: freeName("case", names), when: "true" }])}>
        {cases.map((item, i) => (
          <div
            key={i}
            role="group"
            aria-label={t("cases.one", { number: i + 1 })}
            className="flex flex-col gap-1.5 rounded-[8px] border border-line-2 p-2"
          >
            <div className="flex items-center gap-0.5">
              <div className="mr-1 min-w-0 flex-1">
                <NameInput
                  value={nameOf(item)}
                  label={t("cases.name")}
                  taken={[...names, "else", "error"]}
                  clean={(typed) => typed.trim().replace(/[^A-Za-z0-9_-]+/g, "_")}
                  onRename={(to) => rename(i, to)}
                />
              </div>
              <IconButton label={t("cases.up")} size="sm" disabled={i === 0} onClick={() => swap(i, i - 1)}>
                <ArrowUp size={13} aria-hidden />
              </IconButton>
              <IconButton
                label={t("cases.down")}
                size="sm"
                disabled={i === cases.length - 1}
                onClick={() => swap(i, i + 1)}
              >
                <ArrowDown size={13} aria-hidden />
              </IconButton>
              <RemoveButton name={nameOf(item)} onClick={() => set(cases.toSpliced(i, 1))} />
            </div>
            <When path={[...path, i, "when"]} schema={schema} />
          </div>
        ))}
      </Rows>
    </ConfigField>
  );
}

function When({ path, schema }: WidgetProps) {
  const { t } = useTranslation("inspector");
  const text = useText();
  const [value, set] = useConfig(path);
  const problems = useFieldProblems(path);
  const placeholder = fieldHints(schema.items?.properties?.["when"] ?? {}).placeholder;
  return (
    <>
      <ReferenceInput
        node={useFormNode()}
        path={pathText(path)}
        kind="expression"
        label={t("cases.when")}
        value={typeof value === "string" ? value : String(value ?? "")}
        onChange={set}
        placeholder={placeholder && text(placeholder)}
      />
      {problems.map((problem) => (
        <p key={problem.code} className="text-12">
          <ProblemLine problem={problem} />
        </p>
      ))}
    </>
  );
}
