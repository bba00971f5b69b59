import type { SerializedError } from "../lib/errors/error.ts";

/** A model as the models panel shows it. */
export interface ModelStatus {
  id: string;
  kind: "llama" | "openai-compatible";
  /** A name for people. */
  title: string;
  /** True for the bundled demo model: the studio says plainly what it is. */
  demo: boolean;
  state: "idle" | "starting" | "ready" | "failed" | "remote";
  device?: string;
  /** bytes of memory of the model process */
  memory?: number;
  contextSize?: number;
  path?: string;
  url?: string;
  error?: SerializedError;
  /** Roles of the project that resolve to this model. */
  roles: string[];
}
