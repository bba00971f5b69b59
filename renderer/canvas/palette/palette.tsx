import { Search } from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useDocument } from "../../document/store.ts";
import { useLanguage } from "../../i18n/index.ts";
import { useNodeTypes } from "../../rpc/index.ts";
import { Kbd, ScrollArea, SearchInput } from "../../ui/index.ts";
import { addStep } from "../act/add.ts";
import { BrokenNodes } from "./broken-nodes.tsx";
import { DragGhost } from "./drag-ghost.tsx";
import { findTypes } from "./find-types.ts";
import { PaletteItem } from "./palette-item.tsx";

/** All steps there are, to be dragged onto the canvas or added with Enter. */
export function Palette() {
  const { t } = useTranslation("canvas");
  const types = useNodeTypes();
  const language = useLanguage();
  const editable = useDocument((state) => state.editable);
  const [typed, setTyped] = useState("");
  const panel = useRef<HTMLDivElement>(null);
  const groups = findTypes(types, typed, language);
  useFocusOnSlash(panel);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      moveFocus(panel.current, event.key === "ArrowDown" ? 1 : -1);
    }
    if (event.key === "Escape") setTyped("");
    const first = groups[0]?.types[0];
    if (event.key === "Enter" && event.target instanceof HTMLInputElement && first && typed.trim() !== "") {
      addStep(first.type);
      setTyped("");
    }
  };

  return (
    <div
      ref={panel}
      role="region"
      aria-label={t("palette.name")}
      className="flex h-full flex-col bg-panel"
      onKeyDown={onKeyDown}
    >
      <div className="p-2.5 pb-2">
        <SearchInput
          label={t("palette.search")}
          icon={<Search size={14} aria-hidden />}
          aside={typed === "" && <Kbd>/</Kbd>}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <ScrollArea className="min-h-0 flex-1" viewportClassName="px-2.5 pb-3">
        {groups.map(({ family, types: members }) => (
          <section key={family} aria-label={t(`family.${family}`)} className="pb-2.5">
            <h2 className="px-1 pb-1 text-11 font-semibold text-ink-3">{t(`family.${family}`)}</h2>
            {members.map((type) => (
              <PaletteItem key={type.type} type={type} disabled={!editable} />
            ))}
          </section>
        ))}
        {typed === "" && <BrokenNodes />}
        {groups.length === 0 && types.length > 0 && (
          <p className="px-1 text-12 text-ink-3">{t("palette.nothing", { typed })}</p>
        )}
      </ScrollArea>
      <DragGhost />
    </div>
  );
}

function moveFocus(panel: HTMLElement | null, step: number) {
  const stops = [...(panel?.querySelectorAll<HTMLElement>("input, button:not(:disabled)") ?? [])];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  stops[Math.min(stops.length - 1, Math.max(0, at + step))]?.focus();
}

/** `/` goes to the search from anywhere but a text. */
function useFocusOnSlash(panel: { current: HTMLElement | null }) {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const target = event.target as HTMLElement | null;
      if (
        event.key !== "/" ||
        event.ctrlKey ||
        event.metaKey ||
        target?.closest("input, textarea, [contenteditable], .monaco-editor")
      )
        return;
      event.preventDefault();
      panel.current?.querySelector("input")?.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [panel]);
}
