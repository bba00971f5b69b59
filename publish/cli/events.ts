import type { Command } from "commander";
import type { JsonValue } from "../../engine/lib/json.ts";
import { withHost } from "./host.ts";
import { optionsOf, printJson } from "./output.ts";
import { parseJson } from "./read-input.ts";
import { counted, words } from "./words.ts";

/** `heddle send-event`: wakes the runs that wait for it. */
export function addEventCommand(program: Command): void {
  program
    .command("send-event")
    .description(words("sendEvent"))
    .argument("<event>", words("eventArgument"))
    .option("--key <key>", words("eventKey"))
    .option("--payload <json>", words("eventPayload"))
    .option("--id <id>", words("eventId"))
    .action(async (event: string, _: unknown, command: Command) => {
      const { project, json, key, payload: written, id } = optionsOf(command);
      const payload: JsonValue = written === undefined ? null : parseJson("--payload", () => written);
      const given = { event, payload, ...(key !== undefined && { key }), ...(id !== undefined && { id }) };
      const sent = await withHost(project, (client) => client.events.send(given), "runs");
      if (json) printJson(sent);
      else console.log(sent.delivered === 0 ? words("eventKept") : counted("eventDelivered", sent.delivered));
    });
}
