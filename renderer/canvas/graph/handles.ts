/** Names of the places of a card where wires end. React Flow knows them as handle ids. */
export const IN_HANDLE = "in";
export const PROVIDES_HANDLE = "provides";

const PORT = "port:";
const SLOT = "slot:";

export const portHandle = (port: string): string => PORT + port;
export const slotHandle = (slot: string): string => SLOT + slot;

/** What a handle id stands for. */
export type Handle =
  | { kind: "in" }
  | { kind: "provides" }
  | { kind: "port"; port: string }
  | { kind: "slot"; slot: string };

export function readHandle(id: string | null | undefined): Handle | null {
  if (id === IN_HANDLE) return { kind: "in" };
  if (id === PROVIDES_HANDLE) return { kind: "provides" };
  if (id?.startsWith(PORT)) return { kind: "port", port: id.slice(PORT.length) };
  if (id?.startsWith(SLOT)) return { kind: "slot", slot: id.slice(SLOT.length) };
  return null;
}
