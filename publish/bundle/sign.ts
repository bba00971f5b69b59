import { sign, verify, type KeyObject } from "node:crypto";
import { flowMeaning, readFlow } from "../../engine/flow/index.ts";
import { canonicalJson } from "../../engine/lib/canonical-json.ts";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { bundleDigest, bundleSchema, signedBytes, type Bundle } from "./bundle.ts";
import type { PublisherKeys } from "./publisher-keys.ts";

/** The bundle with the publisher's ed25519 signature (RFC 8032) over its digest, name and file. */
export function signBundle(bundle: Bundle, keys: PublisherKeys): Bundle {
  const value = sign(null, signedBytes(bundle), keys.privateKey).toString("base64");
  return { ...bundle, signature: { publisher: keys.id, value } };
}

/**
 * A bundle that is what its publisher signed, from data that may be anything.
 * @throws HeddleError `publish.bundle-unreadable`, `-unsigned`, `-tampered`, `publish.signer-untrusted`
 */
export function verifyBundle(data: unknown, trusted: ReadonlyMap<string, KeyObject>): Bundle {
  const bundle = parseBundle(data);
  if (!bundle.signature) throw new HeddleError("publish.bundle-unsigned", { flow: bundle.name });
  const { publisher, value } = bundle.signature;
  const key = trusted.get(publisher);
  if (!key) throw new HeddleError("publish.signer-untrusted", { flow: bundle.name, signer: publisher });
  const tampered = (detail: string) => new HeddleError("publish.bundle-tampered", { flow: bundle.name, detail });
  if (bundleDigest(bundle) !== bundle.digest) throw tampered("its content doesn’t match its digest");
  if (!verify(null, signedBytes(bundle), key, Buffer.from(value, "base64")))
    throw tampered("its signature doesn’t fit");
  if (!meansTheSame(bundle)) throw tampered("its file and its meaning differ");
  return bundle;
}

export function parseBundle(data: unknown): Bundle {
  const parsed = bundleSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const detail = issue ? `${issue.path.join(".") || "the bundle"}: ${issue.message}` : parsed.error.message;
  throw new HeddleError("publish.bundle-unreadable", { detail });
}

function meansTheSame(bundle: Bundle): boolean {
  return [bundle, ...Object.values(bundle.flows)].every(
    ({ source, meaning }) => canonicalJson(flowMeaning(readFlow(source).flow)) === canonicalJson(meaning),
  );
}
