/**
 * A model process: loads one GGUF and answers calls over Node's IPC channel. llama.cpp aborts the whole process on some bad files
 * and bad luck, so nothing else lives here.
 */
import { availableParallelism } from "node:os";
import {
  getLlama,
  InsufficientMemoryError,
  LlamaLogLevel,
  resolveChatWrapper,
  type BatchItem,
  type LlamaContextSequence,
  type LlamaModel,
} from "node-llama-cpp";
import { HeddleError } from "../../lib/errors/error.ts";
import { FairQueue } from "./fair-queue.ts";
import { generate, prepareCall, type Engine } from "./generate.ts";
import { chooseSlot, type Slot } from "./slots.ts";
import type { FromProcess, GenerateRequest, LoadRequest, ToProcess } from "./protocol.ts";

/** Beyond this a context costs gigabytes; a definition can ask for more. */
const DEFAULT_CONTEXT_LIMIT = 8192;
const DEFAULT_SEQUENCES = 4;

const send = (message: FromProcess): void => {
  process.send?.(message);
};
const calls = new Map<number, AbortController>();
let serve: ((call: number, request: GenerateRequest) => Promise<void>) | undefined;

// Without its host nobody would ever end this process. SIGKILL, since llama.cpp may be in the middle of native work.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
// Ctrl+C reaches every process of a terminal; the host, which gets it too, ends this one when it is ready to.
process.on("SIGINT", () => undefined);
process.on("message", (message: ToProcess) => {
  if (message.type === "abort") calls.get(message.call)?.abort();
  else if (message.type === "load") void load(message.request);
  else void serve?.(message.call, message.request);
});

async function load(request: LoadRequest): Promise<void> {
  try {
    const { engine, sequences } = await loadModel(request);
    serve = server(engine, sequences);
    send({
      type: "loaded",
      model: {
        device: engine.llama.gpu === false ? "CPU" : (await engine.llama.getGpuDeviceNames()).join(", "),
        contextSize: engine.contextSize,
        sequences: sequences.length,
      },
    });
    sendMemory();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    send({ type: "load-failed", error: new HeddleError("model.load-failed", { model: request.id, detail }).toJSON() });
  }
}

async function loadModel(request: LoadRequest): Promise<{ engine: Engine; sequences: LlamaContextSequence[] }> {
  const llama = await getLlama({
    gpu: request.gpu,
    build: "never",
    skipDownload: true,
    logLevel: LlamaLogLevel.error,
    maxThreads: request.threads ?? availableParallelism(),
  });
  const model = await llama.loadModel({ modelPath: request.path });
  const context = await createContext(model, request);
  const sequences = Array.from({ length: context.totalSequences }, () => context.getSequence());
  const chatWrapper = resolveChatWrapper(model);
  return { engine: { id: request.id, llama, model, chatWrapper, contextSize: context.contextSize }, sequences };
}

/** As many sequences as wanted; fewer when memory doesn't suffice for them, and at last a smaller context. */
async function createContext(model: LlamaModel, request: LoadRequest) {
  const limit = Math.min(request.contextSize ?? DEFAULT_CONTEXT_LIMIT, model.trainContextSize ?? DEFAULT_CONTEXT_LIMIT);
  const options = {
    batching: { itemPrioritizationStrategy: fillBatch },
    ...(request.threads !== undefined && { threads: request.threads }),
  };
  for (let sequences = request.sequences ?? DEFAULT_SEQUENCES; sequences >= 1; sequences = Math.floor(sequences / 2)) {
    try {
      return await model.createContext({ ...options, contextSize: limit, sequences });
    } catch (error) {
      if (!(error instanceof InsufficientMemoryError)) throw error;
    }
  }
  return model.createContext({ ...options, contextSize: { max: limit }, sequences: 1 });
}

/** Most urgent first, the batch filled to the brim: sharing it evenly made four prompts at once five times slower. */
function fillBatch({ items, size }: { items: readonly BatchItem[]; size: number }) {
  let left = size;
  return items
    .toSorted((a, b) => b.evaluationPriority - a.evaluationPriority)
    .map((item) => {
      const processAmount = Math.min(item.tokens.length, left);
      left -= processAmount;
      return { item, processAmount };
    })
    .filter(({ processAmount }) => processAmount > 0);
}

function server(engine: Engine, sequences: readonly LlamaContextSequence[]) {
  const queue = new FairQueue(sequences.map((sequence) => ({ sequence, lastUsed: 0 })));
  let uses = 0;
  return async function answer(call: number, request: GenerateRequest): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    calls.set(call, controller);
    try {
      const prepared = prepareCall(engine, request);
      const pick = (free: readonly (Slot & { sequence: LlamaContextSequence })[]) => chooseSlot(free, prepared.tokens);
      const onDelta = (kind: "text" | "thought", text: string) => send({ type: "delta", call, kind, text });
      const result = await queue.use({ lane: request.lane, signal, pick }, (slot) => {
        slot.lastUsed = ++uses;
        return generate(engine, slot.sequence, prepared, { signal, onDelta });
      });
      send({ type: "done", call, result });
    } catch (error) {
      if (signal.aborted) send({ type: "aborted", call });
      else send({ type: "failed", call, error: HeddleError.from(error).toJSON() });
    } finally {
      calls.delete(call);
      sendMemory();
    }
  };
}

function sendMemory(): void {
  send({ type: "memory", bytes: process.memoryUsage.rss() });
}
