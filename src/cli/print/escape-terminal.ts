/** Controls (C0, DEL, C1), format characters (bidirectional overrides, zero width) and the line separators. */
const UNSAFE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** Makes text that a peer may have written safe to show in a terminal: nothing in it moves, hides or recolours. */
export function escapeTerminal(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
