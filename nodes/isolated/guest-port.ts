import { EventEmitter, once } from "node:events";
import { Worker } from "node:worker_threads";
import { Channel, type Handler } from "./channel.ts";

/** The child's end of the channel to its maker. The process ends when its maker is gone, at the latest a moment later. */
export function openGuestPort(handlers: Readonly<Record<string, Handler>>): Channel {
  const send = process.send?.bind(process);
  if (!send) throw new Error("This script is started by Heddle, as a process of its own.");
  const channel = new Channel((packet) => void send(packet), handlers);
  const watcher = new Worker(new URL("./parent-watch.ts", import.meta.url), {
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 16 },
  });
  // A thread starts only with the help of this one, so nothing that could keep it busy begins before.
  const watched = once(watcher, "message").then(() => watcher.unref());
  process.on("message", (packet) => void watched.then(() => channel.receive(packet)));
  process.on("disconnect", process.exit.bind(process, 0));
  for (const emitter of [process, process.channel, watcher]) if (emitter) keepMethods(emitter);
  return channel;
}

/** Code that is loaded later may change what all emitters share; through that it must not get hold of these. */
function keepMethods(emitter: object): void {
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(EventEmitter.prototype))) {
    if (typeof descriptor.value !== "function" || name === "constructor") continue;
    const value: unknown = Reflect.get(emitter, name);
    Object.defineProperty(emitter, name, { value, writable: false, configurable: false });
  }
}
