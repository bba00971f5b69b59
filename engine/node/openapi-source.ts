import { z } from "zod";

/** An API that an OpenAPI document describes, as a server of tools. Secrets stand in it by name only. */
export const openApiSourceSchema = z.object({
  /** A file of the project, or an address. */
  document: z.string().min(1),
  /** Where the API is, when not where the document says. */
  baseUrl: z.string().optional(),
  /** Header or query name -> text with `{{ secrets.NAME }}`. */
  secretHeaders: z.record(z.string(), z.string()).optional(),
  secretQuery: z.record(z.string(), z.string()).optional(),
});
export type OpenApiSource = z.infer<typeof openApiSourceSchema>;

const PREFIX = "openapi:";

/** The name under which a ToolService knows the API: it says all that is needed to call it, so that nothing has to be registered. */
export function openApiServerName({ document, ...rest }: OpenApiSource): string {
  const settings = Object.entries(rest).filter(([, value]) => value !== undefined && value !== "" && !isEmpty(value));
  const suffix = settings.length > 0 ? `#${JSON.stringify(Object.fromEntries(settings))}` : "";
  return `${PREFIX}${document}${suffix}`;
}

/** The API behind a server's name; undefined where the name is not of that kind. */
export function openApiSourceOf(server: string): OpenApiSource | undefined {
  if (!server.startsWith(PREFIX)) return undefined;
  const hash = server.indexOf("#{");
  const document = server.slice(PREFIX.length, hash === -1 ? undefined : hash);
  const settings: unknown = hash === -1 ? {} : JSON.parse(server.slice(hash + 1));
  return openApiSourceSchema.parse({ ...(settings as object), document });
}

const isEmpty = (value: unknown) => typeof value === "object" && value !== null && Object.keys(value).length === 0;
