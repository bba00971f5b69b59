/** A number from 0 to 2^31 - 1 that depends on nothing but the run and the step: FNV-1a over both names. */
export function seedOf(runId: string, path: string): number {
  let hash = 0x811c9dc5;
  for (const text of [runId, "/", path]) {
    for (let index = 0; index < text.length; index++) {
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    }
  }
  return hash >>> 1;
}
