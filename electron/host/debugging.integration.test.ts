import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { readFile, writeFile } from "node:fs/promises";
import { expect, it, onTestFinished } from "vitest";
import { endOf, projectOf, recordedUntil } from "./testing/projects.ts";
import { freshHome, startHost } from "./testing/started-host.ts";

const INNER = `heddle: 1
name: Inner
nodes:
  start: { type: start, config: { fields: { text: { type: string } } } }
  result: { type: end, config: { fields: { text: "<{{ start.text }}>" } } }
edges:
  - start -> result
`;

const outer = (url: string, last = "{{ framed.text }} {{ ask.body.n }}"): string => `heddle: 1
name: Outer
nodes:
  start: { type: start, config: { fields: { name: { type: string } } } }
  ask: { type: http-request, config: { method: GET, url: "${url}" } }
  framed: { type: sub-flow, config: { flow: inner, input: { text: "{{ start.name }}" } } }
  answer: { type: answer, config: { text: "${last}" } }
edges:
  - start -> ask
  - ask -> framed
  - framed -> answer
`;

/** A web service that counts its calls. */
async function counter(): Promise<string> {
  let n = 0;
  const server = createServer((_, response) => {
    response.setHeader("content-type", "application/json").end(JSON.stringify({ n: ++n }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

it("forks a run with what it recorded, as far as nothing it depends on has changed", async () => {
  const url = await counter();
  const project = await projectOf({ "flows/inner.flow.yaml": INNER, "flows/outer.flow.yaml": outer(url) });
  const { client } = await startHost({ home: await freshHome(), project });
  const { runId } = await client.runs.start({ flow: "outer", text: outer(url), input: { name: "a" } });
  expect(await endOf(client, runId)).toMatchObject({ output: { text: "<a> 1" } });

  const edited = await client.runs.fork({ runId, text: outer(url, "{{ framed.text }}! {{ ask.body.n }}") });
  expect(edited.reused).toEqual(["ask", "framed"]);
  expect(await endOf(client, edited.runId)).toMatchObject({ output: { text: "<a>! 1" } });
  const from = await client.runs.fork({ runId, text: outer(url), from: "ask" });
  expect(await endOf(client, from.runId)).toMatchObject({ output: { text: "<a> 2" } });

  const inner = join(project, "flows", "inner.flow.yaml");
  const changes = await client.flows.watch({});
  const next = changes.next();
  await client.flows.list({});
  await writeFile(inner, (await readFile(inner, "utf8")).replace("<{{ start.text }}>", "[{{ start.text }}]"));
  await next;
  await changes.return();
  const after = await client.runs.fork({ runId, text: outer(url) });
  expect(after.reused).toEqual(["ask"]);
  expect(await endOf(client, after.runId)).toMatchObject({ output: { text: "[a] 1" } });
  const other = await client.runs.fork({ runId, text: outer(url), input: { name: "b" } });
  expect(other.reused).toEqual([]);
  expect((await client.runs.list({}))[0]).toMatchObject({ origin: { runId, kind: "fork" } });
});

it("stops at breakpoints, gives a run's flow back as text, and removes runs", async () => {
  const url = await counter();
  const project = await projectOf({ "flows/inner.flow.yaml": INNER, "flows/outer.flow.yaml": outer(url) });
  const { client } = await startHost({ home: await freshHome(), project });
  const debug = {
    breakpoints: ["framed"],
    stepping: false,
    given: { ask: { output: { body: { n: 7 } }, from: "pinned" as const } },
  };
  const { runId } = await client.runs.start({ flow: "outer", text: outer(url), input: { name: "a" }, debug });
  const before = await recordedUntil(client, runId, ({ type }) => type === "run.waiting");
  const wait = before.find((event) => event.type === "step.waiting")!;
  expect(wait).toMatchObject({ node: "framed", wait: { kind: "breakpoint" } });
  await expect(client.runs.remove({ runId })).rejects.toMatchObject({ code: "run.still-running" });
  await client.runs.answer({ runId, path: wait.path, value: { stepping: false } });
  expect(await endOf(client, runId)).toMatchObject({ output: { text: "<a> 7" } });
  await expect(client.runs.answer({ runId, path: wait.path, value: {} })).rejects.toMatchObject({
    code: "run.not-waiting",
  });
  const { text } = await client.runs.flowText({ runId });
  expect((await client.flows.analyze({ text })).problems).toEqual([]);
  expect(text).toContain("{{ framed.text }} {{ ask.body.n }}");
  await client.runs.remove({ runId });
  expect(await client.runs.list({})).toEqual([]);
});

it("hands out large values whole", async () => {
  const flow = `heddle: 1
name: Large
nodes:
  start: { type: start, config: { fields: { text: { type: string } } } }
  answer: { type: answer, config: { text: "{{ start.text }}" } }
edges:
  - start -> answer
`;
  const { client } = await startHost({ home: await freshHome(), project: await projectOf({}) });
  const text = "heddle ".repeat(30_000);
  const { runId } = await client.runs.start({ flow: "large", text: flow, input: { text } });
  const end = await endOf(client, runId);
  const { digest, bytes } = (end.type === "run.completed" ? end.large : undefined)!["output"]!;
  expect(bytes).toBeGreaterThan(text.length);
  expect(await client.runs.value({ runId, digest })).toEqual({ text });
  await expect(client.runs.value({ runId, digest: "0".repeat(64) })).rejects.toMatchObject({ code: "not-found" });
});
