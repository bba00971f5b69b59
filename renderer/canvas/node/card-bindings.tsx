import { useShallow } from "zustand/shallow";
import type { Flow } from "../../../engine/flow/index.ts";
import type { Text } from "../../../engine/lib/text.ts";
import { useDocument } from "../../document/store.ts";
import { useText } from "../../i18n/index.ts";
import { useCatalog } from "../../rpc/index.ts";
import type { NodeType } from "../../../engine/rpc/contract.ts";
import { fieldHints } from "../../document/field-hints.ts";

const SHOWN = 4;

/** The names that a bound resource lends: the chosen tools where it names some, else its own title. */
function lentNames(flow: Flow, key: string, type: NodeType | undefined): (string | Text)[] {
  const node = flow.nodes[key];
  const list = Object.entries(type?.config.properties ?? {}).find(
    ([, schema]) => fieldHints(schema).widget === "tools",
  )?.[0];
  const chosen = list === undefined ? undefined : node?.config?.[list];
  if (Array.isArray(chosen) && chosen.length > 0) return chosen.filter((name) => typeof name === "string");
  return [node?.title ?? type?.title ?? key];
}

/** What is bound to a step, as chips along its foot. */
export function CardBindings({ id }: { id: string }) {
  const catalog = useCatalog();
  const text = useText();
  const names = useDocument(
    useShallow(({ flow }) =>
      flow.bindings
        .filter((binding) => binding.to === id)
        .flatMap(({ from }) => lentNames(flow, from, catalog.get(flow.nodes[from]?.type ?? "")))
        .map((name) => (typeof name === "string" ? name : text(name))),
    ),
  );
  if (names.length === 0) return null;
  const shown = names.slice(0, SHOWN);
  return (
    <div className="flex flex-wrap gap-1.25 px-2.75 pb-2.5">
      {shown.map((name, i) => (
        <span
          key={i}
          className="flex max-w-full items-center gap-1 rounded-full bg-line-2 px-1.75 text-11 leading-4.5 text-ink-2"
        >
          <i aria-hidden className="size-1.5 shrink-0 rounded-full bg-family-tools" />
          <span className="truncate">{name}</span>
        </span>
      ))}
      {names.length > SHOWN && <span className="text-11 leading-4.5 text-ink-3">+{names.length - SHOWN}</span>}
    </div>
  );
}
