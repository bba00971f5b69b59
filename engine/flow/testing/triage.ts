/** A flow file as people write it: comments, several styles, keys that Heddle doesn't know, a line that can't be read. */
export const TRIAGE = `# Sorts tickets.
heddle: 1
name: Triage            # shown in lists
description: Sorts a ticket.
owner: support team

nodes:
  start:
    type: start
    config:
      fields:
        message: { type: string }
        customer: { type: [string, "null"] }
  # what is it about?
  triage:
    type: sort
    title: What is it about?
    config:
      text: "{{ start.message }}"
      labels: { billing: money and invoices, other: anything else }
    color: red   # a key of some other tool
  route:
    type: choose
    config:
      cases: [{ id: billing, when: 'triage.label == "billing"' }]
  agent:
    type: agent
    title: 'Billing agent'
    config:
      message: |
        A question about {{ triage.label }}:

        {{ start.message }}
    retry: { times: 3, backoff: 1s }    # money matters
  shop: { type: server, title: Shop, config: { server: shop } }
  reply:
    type: write
    config: { prompt: "{{ default(agent.text, start.message) }}" }

edges:
  - start -> triage
  - triage -> route   # go on
  - here is a line that says nothing
  - route.billing -> agent
  - route.else -> reply
  - agent -> reply
bindings:
  - shop -> agent.tools
layout:
  start: [0, 0]
  triage: [280, -10]
  agent: [560, 0]
`;
