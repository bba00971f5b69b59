import type { Kysely } from "kysely";
import { z } from "zod";
import { HeddleError } from "../../../engine/lib/errors/error.ts";
import type { JsonSchema, JsonValue } from "../../../engine/lib/json.ts";
import type { Language } from "../../../engine/lib/text.ts";
import type { Catalogue } from "../database/schema.ts";
import { problemWith } from "./problem-with.ts";
import { triggerSpecSchema, type TriggerSpec } from "../run-request.ts";

/** Which revision a flow answers with, ready to check inputs. */
export interface Route {
  flow: string;
  title: string;
  revision: number;
  digest: string;
  at: number;
  input: JsonSchema;
  triggers: readonly TriggerSpec[];
  /** @throws HeddleError `publish.input-invalid` in words */
  checkInput(input: JsonValue, language: Language): void;
}

/** The last known routes, in memory: calls don't need the database. */
export interface RouteTable {
  list(): Route[];
  /** @throws HeddleError `publish.flow-unknown` */
  get(flow: string): Promise<Route>;
  refresh(): Promise<void>;
}

export function createRouteTable(db: Kysely<Catalogue>): RouteTable {
  let routes: ReadonlyMap<string, Route> = new Map();

  async function refresh(): Promise<void> {
    const rows = await db
      .selectFrom("routes")
      .innerJoin("revisions", (join) =>
        join.onRef("revisions.flow", "=", "routes.flow").onRef("revisions.revision", "=", "routes.revision"),
      )
      .select(["routes.flow", "routes.revision", "routes.activated_at", "digest", "input", "title", "triggers"])
      .execute();
    routes = new Map(
      rows.map((row) => {
        const input = JSON.parse(row.input) as JsonSchema;
        const { flow, title, revision, digest, activated_at: at } = row;
        const triggers = z.array(triggerSpecSchema).parse(JSON.parse(row.triggers));
        return [flow, { flow, title, revision, digest, at, input, triggers, checkInput: inputCheck(flow, input) }];
      }),
    );
  }

  return {
    refresh,
    list: () => [...routes.values()].toSorted((a, b) => a.flow.localeCompare(b.flow)),
    async get(flow) {
      if (!routes.has(flow)) await refresh().catch(() => undefined);
      const route = routes.get(flow);
      if (!route) throw new HeddleError("publish.flow-unknown", { flow });
      return route;
    },
  };
}

function inputCheck(flow: string, input: JsonSchema): Route["checkInput"] {
  const schema = z.fromJSONSchema(input as Parameters<typeof z.fromJSONSchema>[0]);
  return (value, language) => {
    const detail = problemWith(value, schema, language);
    if (detail !== undefined) throw new HeddleError("publish.input-invalid", { flow, detail });
  };
}
