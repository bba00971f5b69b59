import type { AnyNode } from "../engine/node/define.ts";
import { agent } from "./agents/agent.ts";
import { code } from "./data/code.ts";
import { fileRead } from "./data/file-read.ts";
import { fileWrite } from "./data/file-write.ts";
import { httpRequest } from "./data/http-request.ts";
import { sql } from "./data/sql.ts";
import { textTemplate } from "./data/template.ts";
import { answer } from "./io/answer.ts";
import { end } from "./io/end.ts";
import { start } from "./io/start.ts";
import { chat, fileWatch, mcpCall, schedule, webhook } from "./io/triggers.ts";
import { condition } from "./logic/condition.ts";
import { delay } from "./logic/delay.ts";
import { each } from "./logic/each.ts";
import { guardrail } from "./logic/guardrail/guardrail.ts";
import { list } from "./logic/list.ts";
import { loop } from "./logic/loop.ts";
import { mergeNode } from "./logic/merge.ts";
import { onError } from "./logic/on-error.ts";
import { setVariables } from "./logic/set-variables.ts";
import { stop } from "./logic/stop.ts";
import { subFlow } from "./logic/sub-flow.ts";
import { switchNode } from "./logic/switch.ts";
import { waitForEventNode } from "./logic/wait-for-event.ts";
import { classifier } from "./models/classifier.ts";
import { extractor } from "./models/extractor.ts";
import { llm } from "./models/llm.ts";
import { note } from "./note.ts";
import { approval } from "./people/approval.ts";
import { form } from "./people/form.ts";
import { email } from "./notify/email.ts";
import { notify } from "./notify/notify.ts";
import { mcpServer } from "./tools/mcp-server.ts";
import { mcpTool } from "./tools/mcp-tool.ts";
import { openapiServer } from "./tools/openapi-server.ts";
import { openapiTool } from "./tools/openapi-tool.ts";

/** Every built-in node type, in the order of the palette. */
export const NODES = [
  start,
  chat,
  webhook,
  schedule,
  fileWatch,
  mcpCall,
  answer,
  end,
  llm,
  classifier,
  extractor,
  agent,
  mcpServer,
  mcpTool,
  openapiServer,
  openapiTool,
  condition,
  switchNode,
  each,
  loop,
  mergeNode,
  guardrail,
  setVariables,
  subFlow,
  delay,
  waitForEventNode,
  onError,
  stop,
  approval,
  form,
  list,
  textTemplate,
  code,
  httpRequest,
  sql,
  fileRead,
  fileWrite,
  email,
  notify,
  note,
] as const satisfies readonly AnyNode[];
