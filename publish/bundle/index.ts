export { bundleSchema, type Bundle, type Lock, type LockedModel, type LockedServer } from "./bundle.ts";
export { publisherKeys, trustedPublishers, type PublisherKeys } from "./publisher-keys.ts";
export { parseBundle, signBundle, verifyBundle } from "./sign.ts";
export { createBundle, type BundleSources, type CreatedBundle } from "./create-bundle.ts";
export { fileDigests } from "./file-digest.ts";
