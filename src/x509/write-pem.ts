/** Characters in a line (RFC 7468, section 2). */
const LINE_LENGTH = 64;

/** Writes certificates in DER as PEM (RFC 7468, section 5), one block after the other. */
export function writePem(ders: readonly Uint8Array[]): string {
  return ders.map(writeBlock).join('');
}

function writeBlock(der: Uint8Array): string {
  const base64 = Buffer.from(der.buffer, der.byteOffset, der.byteLength).toString('base64');
  const lines: string[] = [];
  for (let at = 0; at < base64.length; at += LINE_LENGTH) lines.push(base64.slice(at, at + LINE_LENGTH));
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
