const CHAIN = 30;

const chain = Array.from({ length: CHAIN }, (_, index) => {
  const before = index === 0 ? "start" : `c${index - 1}`;
  return {
    node: `  c${index}: { type: echo, config: { value: "{{ ${before}.value }}." } }`,
    edge: `  - ${before} -> c${index}`,
  };
});

/** A flow with a bit of everything, long enough to be killed in many places. */
export const CRASH_FLOW = `heddle: 1
name: crash
nodes:
  start: { type: begin }
${chain.map(({ node }) => node).join("\n")}
  flaky: { type: flaky, retry: { times: 3, backoff: 5ms }, config: { failures: 2 } }
  work: { type: work, config: { items: [a, b, c, d], text: done } }
  broken: { type: flaky, config: { failures: 9, retryable: false } }
  rescue: { type: echo, config: { value: "{{ broken.error.code }}" } }
  which: { type: gate, config: { port: left, ports: [left, right] } }
  never: { type: echo, config: { value: never } }
  each:
    type: rounds
    config: { items: "[1, 2, 3]", collect: "{{ inside.value }}" }
    body:
      nodes:
        inside: { type: echo, config: { value: "{{ item }}" } }
  ask: { type: ask, config: { title: Go on? } }
  listen: { type: listen, config: { event: paid } }
  big: { type: bulk, config: { size: 100000 } }
  end: { type: reply, config: { text: "{{ c${CHAIN - 1}.value }} {{ flaky.text }} {{ work.text }} {{ rescue.value }} {{ never.value }}{{ each.items }} {{ ask.answer.choice }} {{ listen.value }} {{ big.text.contains('x') }}" } }
edges:
${chain.map(({ edge }) => edge).join("\n")}
  - start -> flaky
  - start -> work
  - start -> broken
  - broken.error -> rescue
  - start -> which
  - which.right -> never
  - c${CHAIN - 1} -> end
  - flaky -> end
  - work -> end
  - rescue -> end
  - never -> end
  - start -> each
  - each -> ask
  - ask -> listen
  - listen -> big
  - big -> end
`;

/** What the run answers, however often it was killed. */
export const CRASH_ANSWER = `in${".".repeat(CHAIN)} 3 done model.unreachable [1,2,3] yes 5 true`;
