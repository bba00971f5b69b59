/** What a host that listens for a flow's triggers reads of them. */
export { chat, type ChatConfig } from "./chat.ts";
export { fileWatch, fileWatchConfig, type FileWatchConfig } from "./file-watch.ts";
export { mcpCall, mcpCallConfig, type McpCallConfig } from "./mcp-call.ts";
export { schedule, scheduleConfig, type ScheduleConfig } from "./schedule.ts";
export { checkBody, webhook } from "./webhook.ts";
export { webhookConfig, webhookHeader, type WebhookConfig } from "./webhook-config.ts";
