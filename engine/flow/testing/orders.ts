/** A flow file with bodies in bodies: block and brace style, comments, and lines that can't be read. */
export const ORDERS = `heddle: 1
name: Orders
nodes:
  start:
    type: start
    config:
      fields:
        orders: { type: array, items: { type: object, properties: { id: { type: string }, price: { type: number } } } }
  # one after the other
  each_order:
    type: repeat
    title: Each order
    body:            # what happens with an order
      owner: finance
      nodes:
        charge:
          type: write
          config: { prompt: "{{ item.id }} of {{ start.orders }}" }
        retry_charge:
          type: again
          config: { until: "second.score > 0.5" }
          body: { nodes: { second: { type: write, config: { prompt: "{{ charge.text }}" } } }, edges: [] }
        # tells
        notify:
          type: agent
          config: { message: "{{ charge.text }}" }
      edges:
        - charge -> retry_charge   # then again
        - what is this?
        - retry_charge -> notify
        - nobody -> nowhere
      bindings:
        - shop -> notify.tools
    config:
      items: start.orders
      collect: { text: "{{ notify.text }}" }
  shop: { type: server, config: { server: shop } }
  reply:
    type: write
    config: { prompt: "{{ each_order.items }}" }
edges:
  - start -> each_order
  - each_order -> reply
layout:
  start: [0, 0]
  charge: [20, 20]
`;
