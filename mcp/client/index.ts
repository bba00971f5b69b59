export { createToolHost, type ToolHost, type ToolHostOptions } from "./tool-host.ts";
