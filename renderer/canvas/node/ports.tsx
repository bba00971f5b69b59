import { Handle, Position, useStore } from "@xyflow/react";
import { useTranslation } from "react-i18next";
import { ERROR_PORT, type NodeAnalysis } from "../../../engine/flow/index.ts";
import { useDocument } from "../../document/store.ts";
import { useText } from "../../i18n/index.ts";
import { cn } from "../../ui/index.ts";
import { IN_HANDLE, PROVIDES_HANDLE, portHandle, slotHandle } from "../graph/handles.ts";
import { useFlowRun } from "./run-state.ts";

/** Ports beside the title line: where a card has one way in and one way out, wires between neighbours run straight. */
const TITLE_LINE = 30;

const useTaken = (key: string, port: string): boolean =>
  useFlowRun((view) => view.steps[key]?.state === "completed" && (view.steps[key]?.port ?? "out") === port) ?? false;

export function InPort({ id }: { id: string }) {
  const { t } = useTranslation("canvas");
  const entered = useFlowRun((view) => {
    const state = view.steps[id]?.state;
    return state !== undefined && state !== "skipped" && state !== "ready";
  });
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
export function OutPort({ id, port }: { id: string; port: string }) {
  const { t } = useTranslation("canvas");
  return (
    <Handle
      id={portHandle(port)}
      type="source"
      position={Position.Right}
      role="img"
      aria-label={t("port.out")}
      className={cn("port", useTaken(id, port) && "port-on")}
      style={{ top: TITLE_LINE }}
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

/** The way out of a step that failed: quiet until it is used or the card is looked at. Below the card, away from the named ways out. */
export function ErrorPort({ id }: { id: string }) {
  const { t } = useTranslation("canvas");
  const used = useDocument((state) => state.flow.edges.some((edge) => edge.from === id && edge.port === ERROR_PORT));
  return (
    <div className={cn("error-port pointer-events-none absolute right-5 bottom-0", used && "error-port-used")}>
      <Handle
        id={portHandle(ERROR_PORT)}
        type="source"
        position={Position.Bottom}
        role="img"
        aria-label={t("port.error")}
        className="port port-error pointer-events-auto"
      />
      <span className="absolute top-2.5 left-1/2 -translate-x-1/2 rounded-small bg-canvas px-1 text-11 whitespace-nowrap text-bad">
        {t("port.error")}
      </span>
    </div>
  );
}

/** Where resources are bound: along the bottom edge. */
export function SlotPorts({ id, slots }: { id: string; slots: NodeAnalysis["slots"] }) {
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
export function ProvidesPort() {
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
