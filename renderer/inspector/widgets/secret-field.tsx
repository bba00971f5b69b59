import { useQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { getRpc, QUERY } from "../../rpc/index.ts";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
  IconButton,
  Input,
} from "../../ui/index.ts";
import { ConfigField } from "../form/config-field.tsx";
import { useConfig, useReadOnly, type FieldPath } from "../form/form-context.tsx";
import { useDraft } from "../form/use-draft.ts";
import type { WidgetProps } from "../form/widget-props.ts";

/** A value that names secrets; the secrets themselves never come here. */
export function SecretField({ path, schema }: WidgetProps) {
  return (
    <ConfigField path={path} schema={schema}>
      <SecretInput path={path} />
    </ConfigField>
  );
}

export function SecretInput({ path, label }: { path: FieldPath; label?: string }) {
  const { t } = useTranslation("inspector");
  const [value, set] = useConfig(path);
  const { props, type } = useDraft(typeof value === "string" ? value : "", set);
  const names = useQuery({ queryKey: QUERY.secrets, queryFn: () => getRpc().secrets.names({}) }).data ?? [];
  const readOnly = useReadOnly();
  return (
    <div className="relative">
      <Input {...props} mono aria-label={label} placeholder="{{ secrets.NAME }}" readOnly={readOnly} className="pr-7" />
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton label={t("secret.choose")} size="sm" disabled={readOnly} className="absolute top-0.75 right-0.75">
            <KeyRound size={13} aria-hidden />
          </IconButton>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          {names.length === 0 && <DropdownMenuLabel>{t("secret.none")}</DropdownMenuLabel>}
          {names.map((name) => (
            <DropdownMenuItem key={name} onSelect={() => type(`${props.value}{{ secrets.${name} }}`)}>
              {name}
            </DropdownMenuItem>
          ))}
        </DropdownMenuContent>
      </DropdownMenu>
    </div>
  );
}
