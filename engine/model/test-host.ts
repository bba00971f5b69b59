/** A host of its own, for the test that kills one: loads the demo model, tells the model process's id, and waits. */
import { demoDefinition } from "./definition.ts";
import { LlamaModel } from "./llama/llama-model.ts";

const model = new LlamaModel(demoDefinition, { onChange: () => undefined });
await model.load();
process.send?.({ pid: model.pid });
