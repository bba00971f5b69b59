import { Plus, Unlink } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useShallow } from "zustand/shallow";
import type { NodeAnalysis } from "../../../engine/flow/index.ts";
import { addStep } from "../../canvas/act/add.ts";
import { boxes } from "../../canvas/act/geometry.ts";
import { useNode } from "../../canvas/node/use-node.ts";
import { edit } from "../../document/edits.ts";
import { useDocument } from "../../document/store.ts";
import { useShapes } from "../../document/shapes.ts";
import { useText } from "../../i18n/index.ts";
import { useNodeTypes } from "../../rpc/index.ts";
import { useSelection } from "../../selection/store.ts";
import { Button, Field, IconButton, NodeChip } from "../../ui/index.ts";
import { useReadOnly } from "../form/form-context.tsx";

type Slot = NodeAnalysis["slots"][number];

/** What is bound to a step, slot by slot, with a way to bind more. */
export function BoundList({ id, slots }: { id: string; slots: NodeAnalysis["slots"] }) {
  return slots.map((slot) => <BoundSlot key={slot.slot} id={id} slot={slot} />);
}

function BoundSlot({ id, slot }: { id: string; slot: Slot }) {
  const text = useText();
  const { t } = useTranslation("inspector");
  const bound = useDocument(
    useShallow((state) =>
      state.flow.bindings.filter(({ to, slot: name }) => to === id && name === slot.slot).map(({ from }) => from),
    ),
  );
  return (
    <Field label={text(slot.label)} group>
      {bound.length === 0 && <p className="text-12 text-ink-3">{t("bound.none")}</p>}
      {bound.map((from) => (
        <BoundRow key={from} from={from} to={id} slot={slot.slot} />
      ))}
      <Offers id={id} slot={slot} bound={bound} />
    </Field>
  );
}

function BoundRow({ from, to, slot }: { from: string; to: string; slot: string }) {
  const { t } = useTranslation("inspector");
  const { title, family, icon } = useNode(from);
  return (
    <div className="flex h-7.5 items-center gap-2 border-b border-line-2 text-12 last-of-type:border-0">
      <NodeChip family={family} icon={icon} size="xs" />
      <button
        type="button"
        className="min-w-0 flex-1 truncate text-left hover:text-accent"
        onClick={() => useSelection.getState().select([from])}
      >
        {title}
      </button>
      <IconButton
        label={t("bound.unbind", { name: title })}
        size="sm"
        disabled={useReadOnly()}
        onClick={() => edit({ do: "binding.unbind", binding: { from, to, slot } })}
      >
        <Unlink size={13} aria-hidden />
      </IconButton>
    </div>
  );
}

/** Resources of the flow that aren't bound here yet, and a new one of each kind that fits. */
function Offers({ id, slot, bound }: { id: string; slot: Slot; bound: readonly string[] }) {
  const { t } = useTranslation("inspector");
  const text = useText();
  const shapes = useShapes();
  const readOnly = useReadOnly();
  const types = useNodeTypes().filter(({ type }) => shapes[type]?.provides === slot.accepts);
  const others = useDocument(
    useShallow((state) =>
      Object.keys(state.flow.nodes).filter(
        (key) => !bound.includes(key) && types.some(({ type }) => type === state.flow.nodes[key]!.type),
      ),
    ),
  );
  const addNew = (type: string) => {
    const box = boxes().find(({ key }) => key === id);
    if (!box) return;
    const at: [number, number] = [box.x + bound.length * 260, box.y + box.height + 60];
    addStep(type, { at, end: { node: id, handle: { kind: "slot", slot: slot.slot }, binding: slot.accepts } });
  };
  return (
    <div className="flex flex-wrap gap-1">
      {others.map((key) => (
        <Button
          key={key}
          size="sm"
          variant="ghost"
          disabled={readOnly}
          icon={<Plus size={12} aria-hidden />}
          onClick={() => edit({ do: "binding.bind", binding: { from: key, to: id, slot: slot.slot } })}
        >
          {t("bound.bind", { name: key })}
        </Button>
      ))}
      {types.map((type) => (
        <Button
          key={type.type}
          size="sm"
          variant="ghost"
          disabled={readOnly}
          icon={<Plus size={12} aria-hidden />}
          onClick={() => addNew(type.type)}
        >
          {text(type.title)}
        </Button>
      ))}
    </div>
  );
}
