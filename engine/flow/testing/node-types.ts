import type { JsonObject, JsonSchema, JsonValue } from "../../lib/json.ts";
import { isJsonObject } from "../../lib/json.ts";
import { fieldSites } from "../field-sites.ts";
import type { NodeShape, NodeTypes } from "../node-types.ts";

const hint = (widget: string, more: JsonObject = {}): JsonSchema => ({ type: "string", heddle: { widget, ...more } });
const summary = { en: "", zh: "" };
const text = (output: JsonSchema["properties"]): JsonSchema => ({
  type: "object",
  properties: output,
  required: Object.keys(output ?? {}),
  additionalProperties: false,
});

interface TestType {
  config: JsonSchema;
  shape(config: JsonObject): Omit<NodeShape, "summary" | "role"> & { role?: NodeShape["role"] };
}

const step = (output: JsonSchema["properties"]) => ({
  hasInput: true,
  ports: [{ id: "out" }],
  slots: [],
  output: text(output),
});

const TYPES: Readonly<Record<string, TestType>> = {
  start: {
    config: { type: "object", properties: { fields: { type: "object" } } },
    shape: ({ fields }) => ({
      ...step((fields ?? { message: { type: "string" } }) as JsonSchema["properties"]),
      hasInput: false,
    }),
  },
  write: {
    config: {
      type: "object",
      properties: {
        prompt: hint("template-long"),
        model: hint("model"),
        data: { heddle: { widget: "template-json" } },
      },
    },
    shape: () => step({ text: { type: "string" }, score: { type: "number" } }),
  },
  sort: {
    config: {
      type: "object",
      properties: { text: hint("template"), labels: { type: "object", additionalProperties: { type: "string" } } },
    },
    shape: ({ labels }) =>
      step({ label: { type: "string", enum: Object.keys(isJsonObject(labels) ? labels : { a: "", b: "" }) } }),
  },
  choose: {
    config: {
      type: "object",
      properties: {
        cases: {
          type: "array",
          items: {
            type: "object",
            properties: { id: { type: "string" }, when: hint("expression", { expects: "bool" }) },
          },
        },
      },
    },
    shape: ({ cases }) => {
      const ids = (Array.isArray(cases) ? cases : []).map((item) => ({ id: String((item as JsonObject)["id"]) }));
      return { ...step({ case: { type: "string" } }), ports: [...ids, { id: "else" }] };
    },
  },
  call: {
    config: {
      type: "object",
      properties: { headers: { type: "object", additionalProperties: hint("secret") }, url: hint("template") },
    },
    shape: () => step({ body: {} }),
  },
  agent: {
    config: { type: "object", properties: { message: hint("template") } },
    shape: () => ({
      ...step({ text: { type: "string" } }),
      slots: [{ slot: "tools", accepts: "tools", label: { en: "Tools", zh: "工具" } }],
    }),
  },
  server: {
    config: { type: "object", properties: { server: hint("server") } },
    shape: () => ({ ...step({}), hasInput: false, ports: [], role: "resource", provides: "tools" }),
  },
};

/** A few node types in the manner of the real ones, for tests of the flow alone. */
export const testTypes: NodeTypes = {
  has: (type) => Object.hasOwn(TYPES, type),
  types: () => Object.keys(TYPES),
  check: () => [],
  shape: (type, config: JsonValue): NodeShape => ({
    role: "step",
    summary,
    ...TYPES[type]!.shape(isJsonObject(config) ? config : {}),
  }),
  sites: (type, config) => fieldSites(TYPES[type]!.config, config),
};
