export type { ModelDefinition } from "./definition.ts";
export { createModelHost, type ModelHost, type ModelHostOptions } from "./host.ts";
export { serveOpenAI, type OpenAIServer } from "./openai-server.ts";
export { validateGguf } from "./llama/gguf/validate.ts";
