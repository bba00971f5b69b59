import { parentPort, workerData } from "node:worker_threads";
import { newQuickJSWASMModuleFromVariant, newVariant, RELEASE_SYNC } from "quickjs-emscripten";
import { OWN_PAGES, PAGE, runGuest } from "./guest.ts";
import { fault, type SandboxJob, type SandboxReply } from "./job.ts";

/** Past this, memory that was used once (it never shrinks) is given back by a new worker. */
const SPENT_BYTES = 96 * 1024 * 1024;

// The interpreter's own count of memory leaves out most of what scripts allocate, so the limit is set where nothing gets past it.
const { memoryLimit } = workerData as { memoryLimit: number };
const memory = new WebAssembly.Memory({ initial: OWN_PAGES, maximum: OWN_PAGES + Math.ceil(memoryLimit / PAGE) });
const quickjs = await newQuickJSWASMModuleFromVariant(newVariant(RELEASE_SYNC, { wasmMemory: memory }));

function answer(job: SandboxJob): SandboxReply {
  try {
    const { outcome, intact } = runGuest(quickjs, job);
    return { outcome, spent: !intact || memory.buffer.byteLength > SPENT_BYTES };
  } catch (error) {
    // The interpreter itself gave up (WebAssembly trap): nothing in it can be trusted any more.
    const detail = error instanceof Error ? error.message : String(error);
    return { outcome: fault("code.crashed", { detail }), spent: true };
  }
}

parentPort?.on("message", (job: SandboxJob) => parentPort?.postMessage(answer(job)));
parentPort?.postMessage("ready");
