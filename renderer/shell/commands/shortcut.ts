interface KeyPress {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** Whether a key press is the combination: `mod+k`, `mod+shift+enter`, `alt+1`. `mod` is Ctrl or Cmd. */
export function isShortcut(combo: string, press: KeyPress): boolean {
  const parts = combo.split("+");
  const key = parts.at(-1)!;
  const wants = (modifier: string) => parts.includes(modifier);
  return (
    wants("mod") === (press.ctrlKey || press.metaKey) &&
    wants("shift") === press.shiftKey &&
    wants("alt") === press.altKey &&
    (press.key.toLowerCase() === key ||
      press.code.toLowerCase() === `key${key}` ||
      press.code.toLowerCase() === `digit${key}`)
  );
}
