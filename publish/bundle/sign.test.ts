import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleSources } from "../testing/bundle-sources.ts";
import { bundleDigest, type Bundle } from "./bundle.ts";
import { createBundle } from "./create-bundle.ts";
import { publisherKeys, trustedPublishers } from "./publisher-keys.ts";
import { signBundle, verifyBundle } from "./sign.ts";

const FLOW = `heddle: 1
name: Hello
nodes:
  start: { type: start, config: { fields: { name: { type: string, label: Name } } } }
  answer: { type: answer, config: { text: "Hello {{ start.name }}" } }
edges:
  - start -> answer
`;

let home: string;
let signed: Bundle;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "heddle-keys-"));
  signed = signBundle((await createBundle({ name: "hello", text: FLOW }, bundleSources())).bundle, publisherKeys(home));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const trusted = () => trustedPublishers(dirname(publisherKeys(home).publicKeyPath).replace(/keys$/, "trusted"));
const trustHome = () => new Map([[publisherKeys(home).id, publisherKeys(home).privateKey]]);
const forged = (change: Partial<Bundle>): Bundle => {
  const bundle = { ...signed, ...change };
  return { ...bundle, digest: bundleDigest(bundle) };
};

describe("the publisher’s key", () => {
  it("is made once and only its owner can read it", () => {
    expect(publisherKeys(home).id).toBe(publisherKeys(home).id);
    expect(statSync(join(home, "keys", "publisher.pem")).mode & 0o777).toBe(0o600);
  });
});

describe("verifying a bundle", () => {
  it("passes what its publisher signed", () => {
    expect(verifyBundle(JSON.parse(JSON.stringify(signed)), trustHome())).toEqual(signed);
  });

  it.each([
    ["without a signature", () => ({ ...signed, signature: undefined }), "publish.bundle-unsigned"],
    [
      "by a stranger",
      () => ({ ...signed, signature: { ...signed.signature!, publisher: "0123456789abcdef" } }),
      "publish.signer-untrusted",
    ],
    [
      "with another meaning",
      () => ({ ...signed, meaning: { ...signed.meaning, name: "Bye" } }),
      "publish.bundle-tampered",
    ],
    [
      "with another meaning and its digest",
      () => forged({ meaning: { ...signed.meaning, name: "Bye" } }),
      "publish.bundle-tampered",
    ],
    [
      "with another model",
      () => forged({ lock: { ...signed.lock, models: {}, secrets: ["X"] } }),
      "publish.bundle-tampered",
    ],
    ["with another file", () => ({ ...signed, source: FLOW.replace("Hello {{", "Bye {{") }), "publish.bundle-tampered"],
    ["under another name", () => ({ ...signed, name: "other" }), "publish.bundle-tampered"],
    ["that is something else", () => ({ hello: 1 }), "publish.bundle-unreadable"],
  ])("refuses one %s", (_, bundle, code) => {
    expect(() => verifyBundle(bundle(), trustHome())).toThrow(expect.objectContaining({ code }) as Error);
  });

  it("trusts nobody where no keys are", () => {
    expect(trusted().size).toBe(0);
  });
});
