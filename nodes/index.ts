import type { AnyNode } from "../engine/node/define.ts";
import { agent } from "./agents/agent.ts";
import { code } from "./data/code.ts";
import { httpRequest } from "./data/http-request.ts";
import { textTemplate } from "./data/template.ts";
import { answer } from "./io/answer.ts";
import { start } from "./io/start.ts";
import { condition } from "./logic/condition.ts";
import { classifier } from "./models/classifier.ts";
import { extractor } from "./models/extractor.ts";
import { llm } from "./models/llm.ts";
import { note } from "./note.ts";
import { mcpServer } from "./tools/mcp-server.ts";
import { mcpTool } from "./tools/mcp-tool.ts";

/** Every built-in node type, in the order of the palette. */
export const NODES = [
  start,
  answer,
  llm,
  classifier,
  extractor,
  agent,
  mcpServer,
  mcpTool,
  condition,
  textTemplate,
  code,
  httpRequest,
  note,
] as const satisfies readonly AnyNode[];
