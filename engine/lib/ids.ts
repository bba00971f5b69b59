declare const brand: unique symbol;
/** A string that can't be mistaken for another kind of string. */
export type Branded<Kind extends string> = string & { readonly [brand]: Kind };

/** A run, unique on its host and on its cluster. */
export type RunId = Branded<"RunId">;

export const asRunId = (text: string): RunId => text as RunId;

/** What a key may look like: a CEL identifier, so that `{{ key.field }}` always parses. */
export const NODE_KEY_PATTERN = /^[a-z_][a-z0-9_]{0,62}$/;
