import { useLayoutEffect, useRef, useState, type RefObject } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { cn, NodeChip } from "../../ui/index.ts";
import { useSource } from "./use-source.ts";
import { preview, type Variable } from "../variables.ts";

interface VariableListProps {
  id: string;
  anchor: RefObject<HTMLElement | null>;
  variables: readonly Variable[];
  active: number;
  onChoose: (variable: Variable) => void;
  onActive: (index: number) => void;
}

const HEIGHT = 280;

/** What can be referred to, with its type and what it was last time, under the field that asks. The field keeps the focus. */
export function VariableList({ id, anchor, variables, active, onChoose, onActive }: VariableListProps) {
  const { t } = useTranslation("inspector");
  const [place, setPlace] = useState<{ left: number; top: number; width: number } | null>(null);
  const list = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => {
    const box = anchor.current?.getBoundingClientRect();
    if (!box) return;
    const below = window.innerHeight - box.bottom > HEIGHT || box.top < HEIGHT;
    setPlace({ left: box.left, width: Math.max(box.width, 288), top: below ? box.bottom + 4 : box.top - HEIGHT - 4 });
  }, [anchor]);
  useLayoutEffect(() => {
    // Newer browsers return a promise from this, which React would take for a clean-up.
    list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  if (!place) return null;
  return createPortal(
    <div
      className="fixed z-60 flex animate-pop flex-col overflow-hidden rounded-[8px] border border-line bg-raised shadow-float"
      style={{ ...place, left: Math.min(place.left, window.innerWidth - place.width - 8), maxHeight: HEIGHT }}
      onPointerDown={(event) => event.preventDefault()}
    >
      {variables.length === 0 ? (
        <p className="px-3 py-2.5 text-12 text-ink-3">{t("variables.none")}</p>
      ) : (
        <ul ref={list} id={id} role="listbox" aria-label={t("variables.name")} className="overflow-y-auto p-1">
          {variables.map((variable, i) => (
            <Row
              key={variable.path}
              id={`${id}-${i}`}
              variable={variable}
              active={i === active}
              onChoose={() => onChoose(variable)}
              onActive={() => onActive(i)}
            />
          ))}
        </ul>
      )}
    </div>,
    document.body,
  );
}

interface RowProps {
  id: string;
  variable: Variable;
  active: boolean;
  onChoose: () => void;
  onActive: () => void;
}

function Row({ id, variable, active, onChoose, onActive }: RowProps) {
  const { t } = useTranslation("inspector");
  const { family, icon, title } = useSource(variable);
  const root = variable.depth === 0;
  return (
    <li
      id={id}
      role="option"
      aria-selected={active}
      onPointerMove={onActive}
      onPointerUp={onChoose}
      className={cn(
        "flex min-h-7 items-center gap-2 rounded-control px-2 py-0.5",
        active && "bg-hover",
        root && "mt-0.5",
      )}
    >
      {root ? <NodeChip family={family} icon={icon} size="xs" /> : <span aria-hidden className="w-4 shrink-0" />}
      <span className={cn("shrink-0 font-mono text-11", root ? "font-medium text-ink" : "text-accent")}>
        {variable.path}
      </span>
      {root && <span className="truncate text-11 text-ink-3">{title}</span>}
      <span className="ml-auto flex min-w-0 items-baseline gap-2 pl-2 text-11 text-ink-3">
        {(!root || variable.type !== "data") && variable.last !== undefined && (
          <span className="truncate text-ink-2">{preview(variable.last)}</span>
        )}
        <span className="shrink-0">{t(`types.${variable.type}`)}</span>
      </span>
    </li>
  );
}
