import { fill, type Language } from "../text.ts";
import type { CatalogEntry } from "./entry.ts";
import { DATA_ERRORS } from "./data.ts";
import { EXPR_ERRORS } from "./expr.ts";
import { FLOW_BODY_ERRORS } from "./flow-body.ts";
import { FLOW_CALL_ERRORS } from "./flow-call.ts";
import { FLOW_ERRORS } from "./flow.ts";
import { HOST_ERRORS } from "./host.ts";
import { MESSAGE_ERRORS } from "./message.ts";
import { MODEL_ERRORS } from "./model.ts";
import { NODE_ERRORS } from "./node.ts";
import { PUBLISH_ERRORS } from "./publish.ts";
import { RUN_ERRORS } from "./run.ts";
import { STORE_ERRORS } from "./store.ts";
import { THIRD_PARTY_ERRORS } from "./third-party.ts";
import { TOOL_ERRORS } from "./tool.ts";
import { TRIGGER_ERRORS } from "./trigger.ts";

/** Every code that a user, a client or a node can meet, with its sentence in each language. One file an area. */
export const ERROR_CATALOG = {
  ...FLOW_ERRORS,
  ...FLOW_BODY_ERRORS,
  ...FLOW_CALL_ERRORS,
  ...EXPR_ERRORS,
  ...RUN_ERRORS,
  ...MODEL_ERRORS,
  ...STORE_ERRORS,
  ...TOOL_ERRORS,
  ...NODE_ERRORS,
  ...DATA_ERRORS,
  ...MESSAGE_ERRORS,
  ...THIRD_PARTY_ERRORS,
  ...TRIGGER_ERRORS,
  ...PUBLISH_ERRORS,
  ...HOST_ERRORS,
};

export type ErrorCode = keyof typeof ERROR_CATALOG;
export type ErrorParams = Readonly<Record<string, string | number | boolean>>;

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CATALOG, code);
}

export function catalogEntry(code: ErrorCode): CatalogEntry {
  return ERROR_CATALOG[code];
}

/** The sentence for a code in the user's language, its places filled. */
export function formatMessage(language: Language, code: ErrorCode, params: ErrorParams = {}): string {
  return fill(catalogEntry(code)[language], params);
}
