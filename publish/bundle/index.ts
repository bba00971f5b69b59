export { bundleSchema, type Bundle, type Lock, type LockedModel, type LockedServer } from "./bundle.ts";
export { publisherKeys, trustedPublishers, type PublisherKeys } from "./publisher-keys.ts";
export { parseBundle, signBundle, verifyBundle } from "./sign.ts";
