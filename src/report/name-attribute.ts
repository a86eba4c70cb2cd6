/**
 * The value of an attribute (`O`, `CN`) in a name as RFC 4514 writes it; the most specific where there are several;
 * null where there is none, or where it is not text.
 */
export function readNameAttribute(name: string, type: string): string | null {
  for (const part of splitName(name)) {
    const equals = part.indexOf('=');
    if (equals < 0 || part.slice(0, equals).trim().toUpperCase() !== type) continue;
    const value = part.slice(equals + 1);
    return value.startsWith('#') ? null : unescapeValue(value);
  }
  return null;
}

/** Splits at commas and pluses that no backslash stands before. */
function splitName(name: string): string[] {
  return name.match(/(?:\\[\s\S]|[^\\,+])+/g) ?? [];
}

/** Undoes `\,` and `\C3\A9` (RFC 4514, section 2.4): the latter are bytes of UTF-8. */
function unescapeValue(value: string): string {
  return value.replace(/(?:\\[0-9a-fA-F]{2})+|\\([\s\S])/g, (escaped, character: string | undefined) =>
    character === undefined ? Buffer.from(escaped.replaceAll('\\', ''), 'hex').toString('utf8') : character,
  );
}
