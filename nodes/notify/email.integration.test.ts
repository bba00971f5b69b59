import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { SMTPServerOptions } from "smtp-server";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../engine/lib/json.ts";
import { NO_SERVICES } from "../testing/no-services.ts";
import { runSample } from "../testing/run-sample.ts";
import { sampleProject } from "../testing/sample-project.ts";
import { startSmtp } from "../testing/smtp-sink.ts";
import { email } from "./email.ts";

let project: Awaited<ReturnType<typeof sampleProject>>;
const servers: { close(): Promise<void> }[] = [];
beforeAll(async () => void (project = await sampleProject()));
afterAll(() => project.remove());
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function sink(options?: SMTPServerOptions) {
  const server = await startSmtp(options);
  servers.push(server);
  return server;
}

const secrets = { get: async (name: string) => (name === "MAIL" ? "pass" : "wrong") };
const MAIL = { from: "Shop <shop@example.com>", to: "ada@example.com", subject: "Hello", text: "Hi" };
const send = (server: string, config: JsonObject = {}, scope: Record<string, JsonValue> = {}) =>
  runSample(
    email,
    { config: { server, ...MAIL, ...config }, scope },
    { services: { ...NO_SERVICES, secrets, files: project.files } },
  );

describe("a mail", () => {
  test("arrives with everybody, every part and every file", async () => {
    const { url, mails } = await sink();
    await mkdir(join(project.folder, "output"));
    await writeFile(join(project.folder, "output", "Größe.txt"), "42");
    const { output, error } = await send(
      url,
      {
        to: '"Lovelace, Ada" <ada@example.com>, bo@example.com',
        cc: "cy@example.com",
        bcc: "di@example.com",
        replyTo: "help@example.com",
        subject: "Order {{ it.id }}: größer",
        text: "Dear {{ it.name }}",
        html: "<b>Dear {{ it.name }}</b>",
        attachments: ["data/orders.csv", "output/Größe.txt"],
      },
      { it: { id: 7, name: "Ada" } },
    );
    expect(error).toBeUndefined();
    const everybody = ["ada@example.com", "bo@example.com", "cy@example.com", "di@example.com"];
    expect(output).toMatchObject({ accepted: everybody, rejected: [] });
    const [mail] = mails;
    expect(mail).toMatchObject({ from: "shop@example.com", to: everybody, user: undefined });
    expect(mail!.raw).toMatch(/^To: "Lovelace, Ada" <ada@example.com>, bo@example.com$/m);
    expect(mail!.raw).toMatch(/^Subject: =\?UTF-8\?/m);
    expect(mail!.raw).toContain("<b>Dear Ada</b>");
    expect(mail!.raw).toContain(Buffer.from("id,item,price").toString("base64").slice(0, 12));
    expect(mail!.raw).not.toContain("di@example.com");
    expect(mail!.raw).toContain("Reply-To: help@example.com");
  });

  test("has the same Message-ID at every try", async () => {
    const { url, mails } = await sink();
    const first = await send(url);
    await send(url);
    const ids = mails.map(({ raw }) => /^Message-ID: (\S+)/m.exec(raw)?.[1]);
    expect(ids[0]).toMatch(/^<[0-9a-f]{40}@example\.com>$/);
    expect(ids).toEqual([ids[0], ids[0]]);
    expect(first.output).toMatchObject({ messageId: ids[0] });
  });

  test("is sent by a user whose password is a secret", async () => {
    const { url, mails } = await sink({ authOptional: false });
    const { events } = await send(url, { user: "shop", password: "{{ secrets.MAIL }}" });
    expect(mails[0]?.user).toBe("shop");
    expect(JSON.stringify(events)).not.toContain('"pass"');
  });

  test("can’t be made to carry headers of a stranger", async () => {
    const { url, mails } = await sink();
    await send(url, { subject: "{{ it.text }}" }, { it: { text: "Hi\r\nBcc: eve@example.com\r\n\r\nevil" } });
    expect(mails[0]!.to).toEqual(["ada@example.com"]);
    expect(mails[0]!.raw).not.toMatch(/^Bcc/m);
    const { error } = await send(
      url,
      { to: "{{ it.text }}" },
      { it: { text: "a@example.com>\r\nRCPT TO:<eve@example.com" } },
    );
    expect(error).toMatchObject({ code: "email.bad-address" });
  });
});

describe("what goes wrong is told", () => {
  const reject = (responseCode: number, only?: string): SMTPServerOptions => ({
    onRcptTo({ address }, _session, done) {
      if (only !== undefined && address !== only) done();
      else done(Object.assign(new Error("no such mailbox"), { responseCode }));
    },
  });

  test.each<[string, SMTPServerOptions, JsonObject, string, boolean]>([
    ["a wrong password", {}, { user: "shop", password: "{{ secrets.X }}" }, "email.refused-login", false],
    ["a server that is busy", reject(451), {}, "email.busy", true],
    ["a mailbox that isn’t there", reject(550), {}, "email.rejected", false],
    ["nobody to send to", {}, { to: " , " }, "email.no-recipient", false],
    ["no address", {}, { to: "ada" }, "email.bad-address", false],
    ["a file that isn’t there", {}, { attachments: ["none.pdf"] }, "file.missing", false],
  ])("%s", async (_what, options, config, code, retryable) => {
    const { url, mails } = await sink(options);
    const { error } = await send(url, config);
    expect(error).toMatchObject({ code, retryable });
    expect(error!.message).not.toMatch(/\{\w+\}/);
    expect(mails).toEqual([]);
  });

  test("one of two mailboxes that isn’t there is part of the output", async () => {
    const { url, mails } = await sink(reject(550, "bo@example.com"));
    const { output } = await send(url, { to: "ada@example.com, bo@example.com" });
    expect(output).toMatchObject({ accepted: ["ada@example.com"], rejected: ["bo@example.com"] });
    expect(mails).toHaveLength(1);
  });

  test("a server that is away, silent, or none", async () => {
    const away = await startSmtp();
    await away.close();
    expect((await send(away.url)).error).toMatchObject({ code: "email.unreachable", retryable: true });
    const silent = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    servers.push({ close: async () => void silent.close() });
    const { port } = silent.address() as AddressInfo;
    expect((await send(`smtp://127.0.0.1:${port}`, { timeout: 1 })).error).toMatchObject({ code: "email.unreachable" });
    expect((await send("mail.example.com")).error).toMatchObject({ code: "email.bad-server" });
  });
});
