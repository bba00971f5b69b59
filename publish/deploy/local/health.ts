import { setTimeout as delay } from "node:timers/promises";
import { readinessSchema, type Readiness } from "../../api.ts";

/** How often the cluster is asked whether it still works, in ms. */
const PULSE = 5_000;
const PATIENCE = 10_000;

/** What a real call through each part last said: a process that lives may still not answer. */
export interface Health {
  /** Why the service doesn't work; undefined when it does. */
  trouble(service: string): string | undefined;
}

/** Asks the gateway again and again, until the signal aborts; `changed` is called when the answer differs. */
export function watchHealth(gateway: string, changed: () => void, signal: AbortSignal): Health {
  let troubles: ReadonlyMap<string, string> = new Map();

  async function look(): Promise<void> {
    const before = JSON.stringify([...troubles]);
    troubles = await ask(gateway);
    if (JSON.stringify([...troubles]) !== before) changed();
  }

  async function loop(): Promise<void> {
    while (!signal.aborted) {
      await look();
      await delay(PULSE, undefined, { signal }).catch(() => undefined);
    }
  }

  void loop();
  return { trouble: (service) => troubles.get(service) ?? troubles.get(service.replace(/-\d+$/, "s")) };
}

async function ask(gateway: string): Promise<ReadonlyMap<string, string>> {
  try {
    const response = await fetch(`${gateway}/ready`, { signal: AbortSignal.timeout(PATIENCE) });
    const { checks }: Readiness = readinessSchema.parse(await response.json());
    return new Map(
      checks.filter(({ state }) => state !== "ready").map(({ name, detail }) => [name, detail ?? "it doesn’t answer"]),
    );
  } catch (error) {
    return new Map([["gateway", error instanceof Error ? error.message : String(error)]]);
  }
}
