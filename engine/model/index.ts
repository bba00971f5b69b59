export { createModelHost, type ModelHost, type ModelHostOptions } from "./host.ts";
export { DEMO_MODEL_ID, modelDefinitionSchema, type ModelDefinition } from "./definition.ts";
export { serveOpenAI, type OpenAIServer } from "./openai-server.ts";
