/** RFC 5545, section 3.1: octets in a line, without its end. */
const LINE_OCTETS = 75;

/** Writes one content line of a calendar, folded where it is long (RFC 5545, section 3.1); no character is cut in two. */
export function formatContentLine(name: string, value: string): string {
  const bytes = Buffer.from(`${name}:${value}`);
  const lines: string[] = [];
  for (let from = 0; from < bytes.length; ) {
    const room = lines.length === 0 ? LINE_OCTETS : LINE_OCTETS - 1;
    let to = Math.min(bytes.length, from + room);
    while (isInsideCharacter(bytes[to])) to -= 1;
    lines.push(bytes.toString('utf8', from, to));
    from = to;
  }
  return `${lines.join('\r\n ')}\r\n`;
}

/** Whether an octet of UTF-8 goes on with a character that began before it (RFC 3629, section 3). */
function isInsideCharacter(octet: number | undefined): boolean {
  return octet !== undefined && (octet & 0xc0) === 0x80;
}

/** Escapes text for a value of type TEXT (RFC 5545, section 3.3.11); line feeds are those that we mean. */
export function escapeContentText(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n');
}
