import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { HeddleError } from "../../lib/errors/error.ts";
import type { SecretService } from "../../node/services.ts";
import { jsonFile } from "../json-file.ts";
import type { Home } from "./home.ts";

/** Base64 parts of one value under AES-256-GCM; the name is authenticated with it, so values can't be swapped. */
const sealedSchema = z.object({ iv: z.string(), tag: z.string(), data: z.string() });
const fileSchema = z.object({ version: z.literal(1), secrets: z.record(z.string(), sealedSchema) });

/** What `{{ secrets.NAME }}` can refer to. */
const SECRET_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,99}$/;
const OWNER_ONLY = 0o600;
const KEY_BYTES = 32;

export interface SecretStore extends SecretService {
  names(): Promise<string[]>;
  set(name: string, value: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** Gives the key that values are sealed with: 32 bytes, the same every time. A desktop may keep it in its keychain. */
export type KeySource = () => Promise<Buffer>;

/** Secrets in HEDDLE_HOME, encrypted with a key that only the user can read. Values leave by `get` alone. */
export function createSecretStore(home: Home, keySource: KeySource = keyFile(home.secretsKey)): SecretStore {
  const file = jsonFile(home.secrets, fileSchema, { version: 1, secrets: {} }, OWNER_ONLY);
  let key: Promise<Buffer> | undefined;
  const loadKey = () => (key ??= keySource());

  return {
    names: async () => Object.keys((await file.read()).secrets).sort(),
    async get(name) {
      const sealed = (await file.read()).secrets[name];
      if (!sealed) throw new HeddleError("secret.missing", { name });
      return open(await loadKey(), name, sealed);
    },
    async set(name, value) {
      if (!SECRET_NAME.test(name)) throw new HeddleError("secret.name", { name });
      const sealed = seal(await loadKey(), name, value);
      await file.update((content) => ({ ...content, secrets: { ...content.secrets, [name]: sealed } }));
    },
    async remove(name) {
      await file.update((content) => {
        const { [name]: removed, ...secrets } = content.secrets;
        if (!removed) throw new HeddleError("secret.missing", { name });
        return { ...content, secrets };
      });
    },
  };
}

type Sealed = z.infer<typeof sealedSchema>;

function seal(key: Buffer, name: string, value: string): Sealed {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(name));
  const data = Buffer.concat([cipher.update(value, "utf8"), cipher.final()]);
  return { iv: iv.toString("base64"), tag: cipher.getAuthTag().toString("base64"), data: data.toString("base64") };
}

function open(key: Buffer, name: string, sealed: Sealed): string {
  const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(sealed.iv, "base64"));
  decipher.setAAD(Buffer.from(name)).setAuthTag(Buffer.from(sealed.tag, "base64"));
  try {
    return Buffer.concat([decipher.update(Buffer.from(sealed.data, "base64")), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new HeddleError("secret.unreadable", { name }, { cause });
  }
}

/** A key in a file of mode 0600, made on first use. */
function keyFile(path: string): KeySource {
  return async () => {
    await mkdir(dirname(path), { recursive: true });
    // `wx`: of two processes that start at once, one makes the key and both use it.
    await writeFile(path, randomBytes(KEY_BYTES), { mode: OWNER_ONLY, flag: "wx" }).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== "EEXIST") throw error;
      },
    );
    const key = await readFile(path);
    if (key.length !== KEY_BYTES) throw new HeddleError("file.invalid", { path, detail: "not a key of 32 bytes" });
    return key;
  };
}
