/** Flows that MCP clients may call: one that computes, one that waits for a person. */
export const TOOL_FLOWS = {
  "flows/double.flow.yaml": `heddle: 1
name: Double
nodes:
  call: { type: mcp-call, config: { tool: double, description: Doubles a number., fields: { n: { type: number } } } }
  result: { type: end, config: { fields: { twice: '{{ call.n * 2 }}' } } }
edges:
  - call -> result
`,
  "flows/ask.flow.yaml": `heddle: 1
name: Ask
nodes:
  call: { type: mcp-call, config: { tool: ask_person, description: Asks a person., fields: {} } }
  approve: { type: approval, config: { title: Shall it? } }
  yes: { type: answer, config: { text: It shall. } }
  no: { type: answer, config: { text: It shall not. } }
edges:
  - call -> approve
  - approve.approve -> yes
  - approve.reject -> no
`,
};
