import { z } from "zod";
import { FAMILIES } from "../../engine/node/define.ts";
import type { JsonSchema, JsonValue } from "../../engine/lib/json.ts";

const text = z.union([
  z.string().transform((words) => ({ en: words, zh: words })),
  z.object({ en: z.string(), zh: z.string() }),
]);
const json = z.json() as z.ZodType<JsonValue>;
const schema = z.record(z.string(), z.json()) as unknown as z.ZodType<JsonSchema>;

/** What a node may use of the world, as its author declares it and its users see it. */
export const permissionsSchema = z.strictObject({
  /** Host names that it may call, `*.example.com` for all below one, `*` for any. */
  network: z.array(z.string().min(1)).default([]),
  /** Names of secrets that it may read. */
  secrets: z.array(z.string().min(1)).default([]),
  /** Files of the project. */
  files: z.enum(["none", "read", "write"]).default("none"),
});
export type Permissions = z.infer<typeof permissionsSchema>;

/** A third-party node as data: what its process tells of it. */
export const declarationSchema = z.object({
  type: z
    .string()
    .regex(/^(?:[\w@./-]+:)?[a-z][a-z0-9-]*$/, "must be small letters, digits and “-”, beginning with a letter"),
  version: z.int().min(1).default(1),
  family: z.enum(FAMILIES).default("tools"),
  icon: z.string().default("puzzle"),
  title: text,
  description: text,
  docs: text.optional(),
  config: schema,
  initial: json.optional(),
  output: schema.default({}),
  ports: z.array(z.object({ id: z.string().regex(/^[a-z][a-z0-9_-]*$/), label: text.optional() })).optional(),
  summary: text.optional(),
  /** Seconds that one run of it may take. */
  timeout: z.number().min(0.1).max(3600).default(60),
  permissions: permissionsSchema.prefault({}),
  samples: z
    .array(z.object({ name: z.string(), config: json, output: json.optional(), port: z.string().optional() }))
    .default([]),
});
export type Declaration = z.infer<typeof declarationSchema>;

/** What a node gives back, before it is checked against what it declares. */
export const resultSchema = z.object({ output: json, port: z.string().optional() });

/** Permissions in words, for the docs that users read. */
export function permissionsText({ network, secrets, files }: Permissions): { en: string; zh: string } {
  const en: string[] = [];
  const zh: string[] = [];
  if (network.length > 0) {
    en.push(`call ${network.map((host) => `\`${host}\``).join(", ")} over the network`);
    zh.push(`通过网络访问 ${network.map((host) => `\`${host}\``).join("、")}`);
  }
  if (secrets.length > 0) {
    en.push(`read the secrets ${secrets.map((name) => `\`${name}\``).join(", ")}`);
    zh.push(`读取密钥 ${secrets.map((name) => `\`${name}\``).join("、")}`);
  }
  if (files !== "none") {
    en.push(files === "write" ? "read and write files of the project" : "read files of the project");
    zh.push(files === "write" ? "读写项目文件" : "读取项目文件");
  }
  if (en.length === 0)
    return {
      en: "It may only compute: no network, no secrets, no files.",
      zh: "它只能计算：不能访问网络、密钥或文件。",
    };
  return { en: `It may ${en.join("; ")}.`, zh: `它可以${zh.join("；")}。` };
}
