export type { Bundle, Lock, LockedModel, LockedServer } from "./bundle.ts";
export { publisherKeys, trustedPublishers, type PublisherKeys } from "./publisher-keys.ts";
export { signBundle, verifyBundle } from "./sign.ts";
export { createBundle, type BundleSources, type CreatedBundle } from "./create-bundle.ts";
export { fileDigests, modelDigestCache } from "./file-digest.ts";
