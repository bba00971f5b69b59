import { ArrowRight, Link2, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { bindingId, edgeId, ERROR_PORT, UNDO_PORT } from "../../engine/flow/index.ts";
import { DEFAULT_PORT } from "../../engine/flow/schema.ts";
import { removeSelection } from "../canvas/act/selection-actions.ts";
import { useNode } from "../canvas/node/use-node.ts";
import { useDocument } from "../document/store.ts";
import { useSelection } from "../selection/store.ts";
import { Button, NodeChip } from "../ui/index.ts";
import { useText } from "../i18n/index.ts";

/** A wire: what it joins, what it means, and how to take it away. */
export function EdgeInspector({ id }: { id: string }) {
  const { t } = useTranslation("inspector");
  const edge = useDocument((state) => state.flow.edges.find((candidate) => edgeId(candidate) === id));
  const binding = useDocument((state) => state.flow.bindings.find((candidate) => bindingId(candidate) === id));
  const editable = useDocument((state) => state.editable);
  const ends = edge ?? binding;
  if (!ends) return null;
  return (
    <div className="flex h-full flex-col gap-4 p-3.5">
      <h2 className="text-14 font-semibold">{t(edge ? "edge.control" : "edge.binding")}</h2>
      <div className="flex flex-col gap-1.5">
        <End id={ends.from} />
        <div className="flex items-center gap-2 pl-1 text-ink-3">
          {edge ? <ArrowRight size={14} aria-hidden className="rotate-90" /> : <Link2 size={14} aria-hidden />}
          {edge ? <PortName from={edge.from} port={edge.port} /> : <span className="text-12">{binding?.slot}</span>}
        </div>
        <End id={ends.to} />
      </div>
      <p className="text-12 text-ink-2">{t(edge ? (HELP[edge.port] ?? "edge.controlHelp") : "edge.bindingHelp")}</p>
      <Button
        icon={<Trash2 size={14} aria-hidden />}
        className="self-start"
        disabled={!editable}
        onClick={removeSelection}
      >
        {t("edge.remove")}
      </Button>
    </div>
  );
}

const HELP: Record<string, "edge.errorHelp" | "edge.undoHelp"> = {
  [ERROR_PORT]: "edge.errorHelp",
  [UNDO_PORT]: "edge.undoHelp",
};

function PortName({ from, port }: { from: string; port: string }) {
  const { t } = useTranslation("inspector");
  const text = useText();
  const label = useNode(from).shape?.ports.find((candidate) => candidate.id === port)?.label;
  const words = label ? text(label) : NAMES[port] ? t(NAMES[port]) : port;
  return <span className="text-12">{words}</span>;
}

const NAMES: Record<string, "edge.error" | "edge.undo" | "edge.then"> = {
  [ERROR_PORT]: "edge.error",
  [UNDO_PORT]: "edge.undo",
  [DEFAULT_PORT]: "edge.then",
};

function End({ id }: { id: string }) {
  const { family, icon, title } = useNode(id);
  return (
    <button
      type="button"
      className="flex h-9 items-center gap-2 rounded-control border border-line px-2.5 text-left hover:border-line-strong"
      onClick={() => useSelection.getState().select([id])}
    >
      <NodeChip family={family} icon={icon} />
      <span className="truncate text-13 font-medium">{title}</span>
      <span className="ml-auto font-mono text-11 text-ink-3">{id}</span>
    </button>
  );
}
