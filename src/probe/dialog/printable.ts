/** A line of a peer's words that fits a table cell and a log line; what matters stands at its head. */
export const MAX_PRINTABLE = 200;

/** Control, format and unassigned characters, lone surrogates, and the line ends that are not control characters. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/u;

/** Makes a peer's words fit to be shown: one line, nothing unprintable, at most MAX_PRINTABLE characters. */
export function toPrintable(text: string): string {
  let printable = '';
  for (const character of text.trim()) {
    const next = UNPRINTABLE.test(character) ? escapeCharacter(character) : character;
    if (printable.length + next.length >= MAX_PRINTABLE) return `${printable}…`;
    printable += next;
  }
  return printable;
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xff ? `\\u{${code.toString(16)}}` : `\\x${code.toString(16).padStart(2, '0')}`;
}
