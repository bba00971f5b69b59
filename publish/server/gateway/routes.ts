import type { Kysely } from "kysely";
import { z } from "zod";
import { HeddleError } from "../../../engine/lib/errors/error.ts";
import type { JsonSchema, JsonValue } from "../../../engine/lib/json.ts";
import type { Catalogue } from "../database/schema.ts";

/** Which revision a flow answers with, ready to check inputs. */
export interface Route {
  flow: string;
  title: string;
  revision: number;
  digest: string;
  at: number;
  input: JsonSchema;
  /** @throws HeddleError `publish.input-invalid` in words */
  checkInput(input: JsonValue): void;
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
      .select(["routes.flow", "routes.revision", "routes.activated_at", "digest", "input", "title"])
      .execute();
    routes = new Map(
      rows.map((row) => {
        const input = JSON.parse(row.input) as JsonSchema;
        const { flow, title, revision, digest, activated_at: at } = row;
        return [flow, { flow, title, revision, digest, at, input, checkInput: inputCheck(flow, input) }];
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

function inputCheck(flow: string, input: JsonSchema): (value: JsonValue) => void {
  const schema = z.fromJSONSchema(input as Parameters<typeof z.fromJSONSchema>[0]);
  return (value) => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return;
    const detail = parsed.error.issues.map(sayIssue).join("; ");
    throw new HeddleError("publish.input-invalid", { flow, detail });
  };
}

function sayIssue(issue: z.core.$ZodIssue): string {
  const place = issue.path.length > 0 ? `“${issue.path.join(".")}”` : "the input";
  if (issue.code === "invalid_type" && issue.message.includes("received undefined")) return `${place} is missing`;
  return `${place}: ${issue.message.replace(/^Invalid input: /, "")}`;
}
