import { randomBytes } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { publisherKeys } from "../../bundle/index.ts";
import { writePrivately, type ClusterPaths } from "./cluster-file.ts";

/** The cluster's admin key, made on first use, and the owner of `home` among the publishers whose bundles it accepts. */
export function keepKeys(paths: ClusterPaths, home: string): { adminKey: string } {
  if (!existsSync(paths.adminKey)) writePrivately(paths.adminKey, `hka_${randomBytes(24).toString("base64url")}`);
  const publisher = publisherKeys(home);
  mkdirSync(paths.trustedPublishers, { recursive: true, mode: 0o700 });
  copyFileSync(publisher.publicKeyPath, join(paths.trustedPublishers, `${publisher.id}.pem`));
  return { adminKey: readFileSync(paths.adminKey, "utf8").trim() };
}
