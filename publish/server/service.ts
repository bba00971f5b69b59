import type { z } from "zod";

/** Reads the config that the supervisor hands over in the environment and takes it out, so that no child process inherits it. */
export function serviceConfig<Schema extends z.ZodType>(schema: Schema): z.output<Schema> {
  const text = process.env["HEDDLE_SERVICE"];
  delete process.env["HEDDLE_SERVICE"];
  if (!text) throw new Error("HEDDLE_SERVICE is not set: this program is started by the cluster’s supervisor");
  return schema.parse(JSON.parse(text));
}

/** Tells the supervisor that this service is ready, and ends the service when it is asked to or the supervisor is gone. */
export function serve(shutDown: () => Promise<void>): void {
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    void shutDown().finally(() => process.exit(0));
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  process.on("disconnect", end);
  process.send?.({ ready: true });
}
