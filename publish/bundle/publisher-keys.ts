import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "./bundle.ts";

export interface PublisherKeys {
  /** The first 16 hex digits of the public key's SHA-256. */
  id: string;
  privateKey: KeyObject;
  publicKeyPath: string;
}

/** The user's signing key in HEDDLE_HOME/keys, made on first use. Only its owner can read it. */
export function publisherKeys(home: string): PublisherKeys {
  const folder = join(home, "keys");
  const privatePath = join(folder, "publisher.pem");
  const publicKeyPath = join(folder, "publisher.pub.pem");
  if (!existsSync(privatePath)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { privateKey } = generateKeyPairSync("ed25519");
    writePrivateOnce(privatePath, privateKey.export({ type: "pkcs8", format: "pem" }) as string);
  }
  chmodSync(privatePath, 0o600);
  const privateKey = createPrivateKey(readFileSync(privatePath));
  const publicKey = createPublicKey(privateKey);
  writeFileSync(publicKeyPath, publicKey.export({ type: "spki", format: "pem" }));
  return { id: keyId(publicKey), privateKey, publicKeyPath };
}

/** `wx`: of two programs that make the first key at once, one wins and both use its key. */
function writePrivateOnce(path: string, pem: string): void {
  try {
    writeFileSync(path, pem, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

function keyId(key: KeyObject): string {
  return sha256(key.export({ type: "spki", format: "der" })).slice(0, 16);
}

/** The publishers that a cluster accepts: every `*.pem` of a folder, by key id. */
export function trustedPublishers(folder: string): ReadonlyMap<string, KeyObject> {
  const keys = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".pem")) : [];
  return new Map(
    keys.map((name) => {
      const key = createPublicKey(readFileSync(join(folder, name)));
      return [keyId(key), key];
    }),
  );
}
