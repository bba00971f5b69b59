import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { ModelStatus } from "./status.ts";

/** One model, wherever it runs. */
export interface ModelSource {
  readonly id: string;
  readonly model: LanguageModelV4;
  /** Roles and demo mark are the host's to add. */
  status(): Omit<ModelStatus, "roles" | "demo">;
  /** Makes it ready, or finds out why it can't be. @throws HeddleError `model.*` */
  load(): Promise<void>;
  /** Like load, for models that gain by it; never fails. */
  warm(): Promise<void>;
  unload(): Promise<void>;
  dispose(): Promise<void>;
}
