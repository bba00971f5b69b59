import { Document, isMap, isScalar, isSeq, visit } from "yaml";
import type { JsonValue } from "../../lib/json.ts";
import { flowToJson } from "../meaning.ts";
import { FLOW_VERSION, type Flow } from "../schema.ts";

const OPTIONS = { lineWidth: 0, flowCollectionPadding: true } as const;

/** A value as block YAML in Heddle's style, ending in a newline: coordinates and lists of numbers on one line. */
export function yamlText(value: JsonValue): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Seq(_, list) {
      if (list.items.length > 0 && list.items.every((item) => isScalar(item) && typeof item.value === "number"))
        list.flow = true;
    },
    Collection(_, collection) {
      if ((isMap(collection) || isSeq(collection)) && collection.items.length === 0) collection.flow = true;
    },
  });
  return document.toString({ ...OPTIONS, flowCollectionPadding: false });
}

/** A flow as a new file. */
export const freshText = (flow: Flow): string => yamlText(flowToJson(flow));

/** The text of a new flow: a start, and an answer that gives back what the start received. */
export function newFlowText(title: string): string {
  return yamlText({
    heddle: FLOW_VERSION,
    name: title,
    nodes: {
      start: { type: "start", config: { fields: { message: { type: "string", label: "Message", multiline: true } } } },
      answer: { type: "answer", config: { text: "{{ start.message }}" } },
    },
    edges: ["start -> answer"],
    layout: { start: [0, 0], answer: [320, 0] },
  });
}
