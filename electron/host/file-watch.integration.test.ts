import { appendFile, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { HostClient } from "../../engine/rpc/client/index.ts";
import { projectOf } from "./testing/projects.ts";
import { freshHome, startHost } from "./testing/started-host.ts";

const WATCH = `heddle: 1
name: Bills
nodes:
  bill: { type: file-watch, config: { glob: 'inbox/**/*.txt', events: [created, changed, removed], settle: 300ms } }
  answer: { type: answer, config: { text: '{{ bill.event }} {{ bill.path }} {{ bill.size }}' } }
edges:
  - bill -> answer
`;

/** What the runs answered, the oldest first, once there are so many. */
async function answers(client: HostClient, count: number): Promise<string[]> {
  for await (const _ of await client.triggers.watch({})) if ((await client.runs.list({})).length >= count) break;
  const runs = (await client.runs.list({})).toReversed();
  return Promise.all(
    runs.map(async ({ runId }) => {
      for await (const event of await client.runs.events({ runId }))
        if (event.type === "run.completed") return (event.output as { text: string }).text;
      return "none";
    }),
  );
}

it("start a run for files that appear, change or go, once each, and none for those that are there", async () => {
  const home = await freshHome();
  const project = await projectOf({ "flows/bills.flow.yaml": WATCH, "inbox/old.txt": "old" });
  const host = await startHost({ home, project });
  const { client } = host;
  await client.triggers.setActive({ flow: "bills", active: true });
  const inbox = join(project, "inbox");
  // Written in pieces: it counts when it was quiet for a while. What doesn't fit the pattern doesn't count.
  await mkdir(join(inbox, "deep"));
  await writeFile(join(inbox, "picture.png"), "png");
  await writeFile(join(inbox, "deep", "a.txt"), "12345");
  await appendFile(join(inbox, "deep", "a.txt"), "67890");
  expect(await answers(client, 1)).toEqual(["created inbox/deep/a.txt 10"]);

  await writeFile(join(inbox, ".b.tmp"), "half");
  await rename(join(inbox, ".b.tmp"), join(inbox, "b.txt"));
  expect((await answers(client, 2)).slice(1)).toEqual(["created inbox/b.txt 4"]);
  await appendFile(join(inbox, "old.txt"), "er");
  expect((await answers(client, 3)).slice(2)).toEqual(["changed inbox/old.txt 5"]);
  await rm(join(inbox, "b.txt"));
  expect((await answers(client, 4)).slice(3)).toEqual(["removed inbox/b.txt 0"]);

  await host.end("SIGKILL");
  const again = await startHost({ home, project });
  await again.client.triggers.list({});
  await writeFile(join(inbox, "c.txt"), "c");
  expect((await answers(again.client, 5)).slice(4)).toEqual(["created inbox/c.txt 1"]);
});

it("listen for a folder that is made later, and for nothing of Heddle's own", async () => {
  const everything = WATCH.replace("inbox/**/*.txt", "**/*");
  const later = WATCH.replace("inbox/**/*.txt", "later/*");
  const project = await projectOf({ "flows/later.flow.yaml": later, "flows/everything.flow.yaml": everything });
  const { client } = await startHost({ home: await freshHome(), project });
  await client.triggers.setActive({ flow: "later", active: true });
  await mkdir(join(project, "later"));
  await writeFile(join(project, "later", "a.txt"), "a");
  expect(await answers(client, 1)).toEqual(["created later/a.txt 1"]);
  await client.triggers.setActive({ flow: "later", active: false });
  await client.triggers.setActive({ flow: "everything", active: true });
  await writeFile(join(project, "note.txt"), "note");
  expect((await answers(client, 2)).slice(1)).toEqual(["created note.txt 4"]);
  expect((await client.runs.list({})).length).toBe(2);
});
