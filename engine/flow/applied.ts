import type { FlowCommand, SimpleCommand } from "./commands.ts";
import type { Flow } from "./schema.ts";

/** A flow after a command, and the command that undoes it. */
export interface Applied {
  flow: Flow;
  inverse: FlowCommand;
}

export type Command<Name extends SimpleCommand["do"]> = Extract<SimpleCommand, { do: Name }>;

/** The inverse of an edit that changed nothing. */
export const NOTHING: FlowCommand = { do: "batch", commands: [] };
