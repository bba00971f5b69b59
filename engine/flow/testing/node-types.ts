import type { JsonObject, JsonSchema, JsonValue } from "../../lib/json.ts";
import { isJsonObject } from "../../lib/json.ts";
import { fieldSites } from "../field-sites.ts";
import { NO_INFERENCE, type Inference, type NodeShape, type NodeTypes } from "../node-types.ts";

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
  shape(config: JsonObject, inference: Inference): Omit<NodeShape, "summary" | "role"> & { role?: NodeShape["role"] };
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
      const ports = [...ids, { id: "else" }];
      return { ...step({ case: { type: "string", enum: ports.map(({ id }) => id) } }), ports };
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
  repeat: {
    config: {
      type: "object",
      properties: {
        items: hint("expression", { expects: "list" }),
        collect: { heddle: { widget: "template-json", within: "body" } },
      },
    },
    shape: (_, inference) => {
      const list = inference.valueAt(["items"]);
      const items: JsonSchema = { type: "array", items: inference.valueAt(["collect"]) };
      return {
        ...step({ items, count: { type: "number" } }),
        body: { locals: { item: list.items ?? {}, index: { type: "number" } }, parallel: true },
      };
    },
  },
  again: {
    config: {
      type: "object",
      properties: {
        state: { heddle: { widget: "template-json" } },
        while: hint("expression", { expects: "bool", within: "locals" }),
        until: hint("expression", { expects: "bool", within: "body" }),
        next: { heddle: { widget: "template-json", within: "body" } },
      },
    },
    shape: (_, inference) => {
      const state = inference.valueAt(["state"]);
      return {
        ...step({ state, rounds: { type: "number" } }),
        body: {
          locals: { state, index: { type: "number" } },
          repeats: { count: "times", until: "until", state: "state", next: "next" },
        },
      };
    },
  },
  set: {
    config: {
      type: "object",
      properties: { values: { heddle: { widget: "template-json" } } },
    },
    shape: ({ values }, inference) => {
      const names = isJsonObject(values) ? Object.keys(values) : [];
      const given = names.map((name) => [name, inference.valueAt(["values", name])] as const);
      return { ...step(Object.fromEntries(given)), assigns: true };
    },
  },
  hook: {
    config: { type: "object", properties: {} },
    shape: () => ({ ...step({ body: {} }), hasInput: false, trigger: "webhook" }),
  },
  rescue: {
    config: { type: "object", properties: {} },
    shape: () => ({
      ...step({ code: { type: "string" }, node: { type: "string" } }),
      hasInput: false,
      handlesFailure: true,
    }),
  },
  subflow: {
    config: {
      type: "object",
      properties: {
        flow: { heddle: { widget: "flow", takes: "input" } },
        input: { heddle: { widget: "template-json" } },
      },
    },
    shape: ({ flow }, inference) => ({
      ...step({}),
      output: (typeof flow === "string" ? inference.flow(flow)?.output : undefined) ?? {},
    }),
  },
  say: {
    config: { type: "object", properties: { text: hint("template") } },
    shape: () => ({ ...step({ text: { type: "string" } }), answers: true }),
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
  shape: (type, config: JsonValue, inference = NO_INFERENCE): NodeShape => ({
    role: "step",
    summary,
    ...TYPES[type]!.shape(isJsonObject(config) ? config : {}, inference),
  }),
  sites: (type, config) => fieldSites(TYPES[type]!.config, config),
};
