import { Handle, Position, useStore } from "@xyflow/react";
import { useTranslation } from "react-i18next";
import { ERROR_PORT, type NodeAnalysis, UNDO_PORT } from "../../../engine/flow/index.ts";
import { DEFAULT_PORT } from "../../../engine/flow/schema.ts";
import { useDocument } from "../../document/store.ts";
import { useText } from "../../i18n/index.ts";
import { cn } from "../../ui/index.ts";
import { IN_HANDLE, PROVIDES_HANDLE, portHandle, slotHandle } from "../graph/handles.ts";
import { strayPorts } from "../graph/to-graph.ts";
import { useStep } from "./run-state.ts";

/** Ports beside the title line: where a card has one way in and one way out, wires between neighbours run straight. */
const TITLE_LINE = 30;

function useTaken(key: string, port: string): boolean {
  const step = useStep(key);
  return step?.state === "completed" && (step.port ?? DEFAULT_PORT) === port;
}

function InPort({ id }: { id: string }) {
  const { t } = useTranslation("canvas");
  const state = useStep(id)?.state;
  const entered = state !== undefined && state !== "skipped" && state !== "ready";
  return (
    <Handle
      id={IN_HANDLE}
      type="target"
      position={Position.Left}
      role="img"
      aria-label={t("port.in")}
      className={cn("port", entered && "port-on")}
      style={{ top: TITLE_LINE }}
    />
  );
}

/** The one way out of a card, at its title line. */
function OutPort({ id, port, top = TITLE_LINE }: { id: string; port: string; top?: number }) {
  const { t } = useTranslation("canvas");
  return (
    <Handle
      id={portHandle(port)}
      type="source"
      position={Position.Right}
      role="img"
      aria-label={t("port.out")}
      className={cn("port", useTaken(id, port) && "port-on")}
      style={{ top }}
    />
  );
}

/** Named ways out, a line each. */
export function PortRows({ id, ports, stray }: { id: string; ports: NodeAnalysis["ports"]; stray: readonly string[] }) {
  const text = useText();
  const { t } = useTranslation("canvas");
  return (
    <ul className="border-t border-line-2 py-1" aria-label={t("port.ways")}>
      {ports.map((port) => (
        <PortRow key={port.id} id={id} port={port.id} label={port.label ? text(port.label) : port.id} />
      ))}
      {stray.map((port) => (
        <PortRow key={port} id={id} port={port} label={port} stray />
      ))}
    </ul>
  );
}

function PortRow({ id, port, label, stray }: { id: string; port: string; label: string; stray?: boolean }) {
  const taken = useTaken(id, port);
  return (
    <li
      className={cn(
        "relative flex h-6 items-center justify-end pr-3.5 pl-2.75 text-11",
        taken ? "font-medium text-accent" : "text-ink-2",
        stray && "text-bad line-through",
      )}
    >
      <span className="truncate">{label}</span>
      <Handle
        id={portHandle(port)}
        type="source"
        position={Position.Right}
        role="img"
        aria-label={label}
        className={cn("port", taken && "port-on")}
      />
    </li>
  );
}

interface AsideProps {
  id: string;
  port: string;
  /** Where at the bottom edge. */
  side: "left" | "right";
  label: string;
}

/** A way out that isn't the usual one: quiet until it is used or the card is looked at. Below the card, away from the named ways out. */
function AsidePort({ id, port, side, label }: AsideProps) {
  const used = useDocument((state) => state.flow.edges.some((edge) => edge.from === id && edge.port === port));
  return (
    <div
      className={cn(
        "aside-port pointer-events-none absolute bottom-0",
        side === "right" ? "right-5" : "left-5",
        used && "aside-port-used",
        port === ERROR_PORT ? "text-bad" : "text-warn",
      )}
    >
      <Handle
        id={portHandle(port)}
        type="source"
        position={Position.Bottom}
        role="img"
        aria-label={label}
        className="port port-aside pointer-events-auto"
      />
      <span className="absolute top-2.5 left-1/2 -translate-x-1/2 rounded-small bg-canvas px-1 text-11 whitespace-nowrap">
        {label}
      </span>
    </div>
  );
}

/** Ports at a card's edges. Wires end there at every zoom. `plain`: a frame, whose ways out all stand at its edges. */
export function Ports({ id, shape, plain }: { id: string; shape: NodeAnalysis | undefined; plain?: boolean }) {
  const { t } = useTranslation("canvas");
  const stray = useDocument((state) => strayPorts(state.flow, id, shape?.ports ?? []).length > 0);
  if (!shape || shape.role === "note") return null;
  if (shape.role === "resource") return <ProvidesPort />;
  const [first, ...more] = shape.ports;
  const alone = first && (plain || (more.length === 0 && !first.label && !stray));
  return (
    <>
      {shape.hasInput && <InPort id={id} />}
      {alone && <OutPort id={id} port={first.id} />}
      {plain && more.map((port, i) => <OutPort key={port.id} id={id} port={port.id} top={TITLE_LINE + (i + 1) * 24} />)}
      {!shape.handlesFailure && <AsidePort id={id} port={ERROR_PORT} side="right" label={t("port.error")} />}
      {shape.hasInput && <AsidePort id={id} port={UNDO_PORT} side="left" label={t("port.undo")} />}
      {shape.slots.length > 0 && <SlotPorts id={id} slots={shape.slots} />}
    </>
  );
}

/** Where resources are bound: along the bottom edge. */
function SlotPorts({ id, slots }: { id: string; slots: NodeAnalysis["slots"] }) {
  const text = useText();
  const connecting = useStore(
    (state) => state.connection.inProgress && state.connection.fromHandle?.id === PROVIDES_HANDLE,
  );
  const bound = useDocument((state) => state.flow.bindings.filter((binding) => binding.to === id).length);
  return slots.map((slot, i) => {
    const left = `${((i + 1) / (slots.length + 1)) * 100}%`;
    return (
      <Handle
        key={slot.slot}
        id={slotHandle(slot.slot)}
        type="target"
        position={Position.Bottom}
        role="img"
        aria-label={text(slot.label)}
        className={cn("port port-slot", connecting && "port-wanted")}
        style={{ left }}
      >
        <span className={cn("slot-label", (bound === 0 || connecting) && "slot-label-on")}>{text(slot.label)}</span>
      </Handle>
    );
  });
}

/** Where a resource hands out what it provides. */
function ProvidesPort() {
  const { t } = useTranslation("canvas");
  return (
    <Handle
      id={PROVIDES_HANDLE}
      type="source"
      position={Position.Top}
      role="img"
      aria-label={t("port.provides")}
      className="port port-slot"
    />
  );
}
