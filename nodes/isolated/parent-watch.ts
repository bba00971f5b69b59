import { parentPort } from "node:worker_threads";

/** A thread that ends its process when the process that made it is gone, also while the main thread is busy for ever. */
const PERIOD = 1000;
const parent = process.ppid;

setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
}, PERIOD);
parentPort?.postMessage("watching");
