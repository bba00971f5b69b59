import fc from "fast-check";
import type { JsonObject, JsonValue } from "../../lib/json.ts";
import type { SimpleCommand } from "../commands.ts";
import type { Flow, FlowNode } from "../schema.ts";

const word = fc.constantFrom("alpha", "beta", "gamma", "delta", "order_id", "x");

/** Texts that are awkward in YAML: quotes, colons, line breaks, things that look like other types. */
const awkward = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom(
    "",
    "yes",
    "null",
    "1.5",
    "0x10",
    "- a",
    "a: b",
    "# no comment",
    "{{ start.message }}",
    "line one\nline two\n",
    "  led by blanks\n\tand a tab",
    "trailing blanks  \n\n",
    "'quoted' \"twice\"",
    "日本語 🙂",
    "\u2028\u0007",
    "a -> b",
    "---",
    "...",
    "&x *y !z",
    "%TAG",
    "@at `tick`",
    "~",
  ),
);

const scalar: fc.Arbitrary<JsonValue> = fc.oneof(
  awkward,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  fc.boolean(),
  fc.constant(null),
);

const json: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(
      fc.oneof(
        word,
        awkward.filter((key) => key !== "__proto__"),
      ),
      tie("value"),
      { maxKeys: 3 },
    ),
  ),
})).value;

const config = fc.dictionary(word, json, { maxKeys: 4 }) as fc.Arbitrary<JsonObject>;

const node: fc.Arbitrary<FlowNode> = fc
  .record(
    { type: fc.constantFrom("write", "sort", "unheard"), title: awkward, config, disabled: fc.boolean() },
    { requiredKeys: ["type"] },
  )
  .map((value) => ({ ...value }));

const key = fc.constantFrom("start", "triage", "route", "agent", "shop", "reply", "extra", "more", "other_step");
/** Also keys of the flow with bodies. */
const anyKey = fc.oneof(key, fc.constantFrom("each_order", "charge", "retry_charge", "second", "notify"));
const position = fc.tuple(
  fc.integer({ min: -5000, max: 5000 }),
  fc.double({ min: -10, max: 10, noNaN: true }).map((n) => n + 0),
);
const edge = fc.record({ from: anyKey, port: fc.constantFrom("out", "error", "billing", "else"), to: anyKey });
const binding = fc.record({ from: anyKey, to: anyKey, slot: fc.constantFrom("tools", "model") });
const path = fc.oneof(
  fc.tuple(fc.constantFrom("title", "note")),
  fc.tuple(fc.constant("config"), word),
  fc.tuple(fc.constant("config"), fc.constantFrom("text", "prompt", "message", "labels", "cases")),
  fc.tuple(fc.constant("config"), fc.constant("labels"), word),
  fc.tuple(fc.constant("config"), fc.constant("cases"), fc.nat({ max: 2 })),
);

/** Any edit, also ones that don't apply to the flow at hand. */
export const anyCommand: fc.Arbitrary<SimpleCommand> = fc.oneof(
  fc.record({ do: fc.constant("node.add" as const), key: anyKey, node, at: position }),
  fc.record({
    do: fc.constant("node.add" as const),
    key: anyKey,
    node,
    parent: fc.constantFrom("each_order", "charge", "retry_charge", "triage", "agent"),
    index: fc.nat({ max: 3 }),
  }),
  fc.record({
    do: fc.constant("node.reparent" as const),
    key: anyKey,
    parent: fc.oneof(anyKey, fc.constant(null)),
    index: fc.nat({ max: 3 }),
  }),
  fc.record({ do: fc.constant("node.remove" as const), key: anyKey }),
  fc.record({
    do: fc.constant("node.move" as const),
    positions: fc.dictionary(anyKey, position, { minKeys: 1, maxKeys: 3 }),
  }),
  fc.record({ do: fc.constant("node.rename" as const), from: anyKey, to: anyKey }),
  fc
    .record({ key: anyKey, path, value: fc.option(json, { nil: undefined }) })
    .filter((command) => command.path[0] === "config" || typeof command.value === "string")
    .map((command) => ({ do: "node.configure" as const, ...command })),
  fc.record({
    do: fc.constant("field.rename" as const),
    key,
    from: fc.constantFrom("message", "label", "text"),
    to: fc.constantFrom("message", "words"),
  }),
  fc.record({ do: fc.constant("edge.connect" as const), edge }),
  fc.record({ do: fc.constant("edge.disconnect" as const), edge }),
  fc.record({ do: fc.constant("binding.bind" as const), binding }),
  fc.record({ do: fc.constant("binding.unbind" as const), binding }),
  fc.record({
    do: fc.constant("port.rename" as const),
    key,
    from: fc.constantFrom("billing", "else"),
    to: fc.constantFrom("bills", "else"),
  }),
  fc.record({
    do: fc.constant("flow.describe" as const),
    name: awkward,
    description: fc.option(awkward, { nil: undefined }),
  }),
);

/** Any flow, with steps, bodies, wires and positions that need not make sense together. */
export const anyFlow: fc.Arbitrary<Flow> = fc
  .record({
    name: awkward,
    nodes: fc.dictionary(anyKey, node, { maxKeys: 8 }),
    /** For each node which of those before it holds it, if it isn't one of the flow itself. */
    inside: fc.array(fc.option(fc.nat({ max: 7 }), { freq: 2 }), { minLength: 8, maxLength: 8 }),
    edges: fc.uniqueArray(edge, { maxLength: 8, selector: (item) => JSON.stringify(item) }),
    bindings: fc.uniqueArray(binding, { maxLength: 3, selector: (item) => JSON.stringify(item) }),
    layout: fc.dictionary(anyKey, position, { maxKeys: 6 }),
  })
  .map(({ nodes, inside, ...flow }) => ({ ...flow, ...nested(nodes, inside), extra: {} }));

/** The same nodes, some in the bodies of others, in the order of a document. */
function nested(
  nodes: Readonly<Record<string, FlowNode>>,
  inside: readonly (number | null)[],
): Pick<Flow, "nodes" | "parents"> {
  const keys = Object.keys(nodes);
  const parents: Record<string, string> = {};
  for (const [index, inner] of keys.entries()) {
    const at = inside[index];
    if (typeof at === "number" && at < index) parents[inner] = keys[at]!;
  }
  const order = (parent: string | undefined): string[] =>
    keys.filter((inner) => parents[inner] === parent).flatMap((inner) => [inner, ...order(inner)]);
  return { nodes: Object.fromEntries(order(undefined).map((inner) => [inner, nodes[inner]!])), parents };
}
