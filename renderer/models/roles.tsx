import { Plus } from "lucide-react";
import { useState } from "react";
import type { ModelStatus } from "../../engine/rpc/contract.ts";
import { useErrorText, useTranslation } from "../i18n/index.ts";
import { getRpc, QUERY, refresh, useInfo } from "../rpc/index.ts";
import { Button, Card, Input, notify, Section, Select } from "../ui/index.ts";

/** Which model plays which role in this project. */
export function Roles({ models }: { models: readonly ModelStatus[] }) {
  const { t } = useTranslation(["models", "shell"]);
  const errorText = useErrorText();
  const project = useInfo().data?.project;
  const [adding, setAdding] = useState<string>();
  if (!project) return null;
  const give = async (role: string, model: string) => {
    try {
      await getRpc().projects.setModelRole({ role, model });
      await refresh(QUERY.info);
    } catch (error) {
      notify.failed(t("roleFailed"), errorText(error));
    }
  };
  const options = models.map(({ id, title }) => ({ value: id, label: id, hint: title === id ? "" : title }));
  return (
    <Section
      title={t("roles")}
      description={t("rolesBody")}
      actions={
        adding === undefined && (
          <Button icon={<Plus size={14} aria-hidden />} onClick={() => setAdding("")}>
            {t("addRole")}
          </Button>
        )
      }
    >
      <Card className="divide-y divide-line-2">
        {Object.entries(project.models).map(([role, model]) => (
          <div key={role} className="flex items-center gap-3 px-4 py-2">
            <span className="w-40 truncate font-mono text-12">{role}</span>
            <span className="text-12 text-ink-3">{t("playedBy")}</span>
            <Select
              value={model}
              onChange={(next) => void give(role, next)}
              options={options}
              label={`${t("role")} ${role}`}
              className="ml-auto max-w-80"
            />
          </div>
        ))}
        {adding !== undefined && (
          <div className="flex items-center gap-3 px-4 py-2">
            <Input
              mono
              autoFocus
              value={adding}
              aria-label={t("roleName")}
              placeholder="fast"
              className="max-w-40"
              onChange={(event) => setAdding(event.target.value.toLowerCase().replace(/[^a-z0-9_-]/g, "-"))}
            />
            <span className="text-12 text-ink-3">{t("playedBy")}</span>
            <Select
              value={undefined}
              disabled={!adding}
              onChange={(model) => void give(adding, model).then(() => setAdding(undefined))}
              options={options}
              placeholder={t("chooseModel")}
              label={t("chooseModel")}
              className="ml-auto max-w-80"
            />
          </div>
        )}
      </Card>
    </Section>
  );
}
