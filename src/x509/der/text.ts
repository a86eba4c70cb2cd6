import { contentOf, type DerElement, TAG } from '../der.js';

/** Reads a string of any of ASN.1's types as far as it can be read; null: the element is no string. */
export function readText(element: DerElement, what: string): string | null {
  const { oddities } = element.source;
  switch (element.tag) {
    case TAG.utf8String:
    case TAG.printableString:
    case TAG.ia5String:
    case TAG.numericString:
    case TAG.visibleString:
      return decodeText(element, what);
    case TAG.t61String:
      // Written as Latin-1 by all software that ever wrote it, whatever T.61 says.
      oddities.add(`${what} is a TeletexString`);
      return decodeLatin1(element, what);
    case TAG.bmpString:
      oddities.add(`${what} is a BMPString`);
      return decodeWide(element, 2, what);
    case TAG.universalString:
      oddities.add(`${what} is a UniversalString`);
      return decodeWide(element, 4, what);
    default:
      return null;
  }
}

/** Decodes content that should be ASCII or UTF-8, whatever its tag; what is neither is read as Latin-1 and noted. */
export function decodeText(element: DerElement, what: string): string {
  const { source, contentStart, contentEnd } = element;
  let seen = 0;
  let hasNul = false;
  for (let at = contentStart; at < contentEnd; at++) {
    const octet = source.bytes[at] ?? 0;
    seen |= octet;
    if (octet === 0) hasNul = true;
  }
  if (hasNul) noteNul(element, what);
  if (seen < 0x80) return source.buffer.toString('latin1', contentStart, contentEnd);
  if (element.tag !== TAG.utf8String) source.oddities.add(`${what} holds characters outside ASCII`);
  try {
    return UTF8.decode(contentOf(element));
  } catch {
    source.oddities.add(`${what} is not valid UTF-8`);
    return source.buffer.toString('latin1', contentStart, contentEnd);
  }
}

const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

function decodeLatin1(element: DerElement, what: string): string {
  const text = element.source.buffer.toString('latin1', element.contentStart, element.contentEnd);
  if (text.includes('\0')) noteNul(element, what);
  return text;
}

/** Big-endian characters of two or four octets; what is no character becomes U+FFFD. */
function decodeWide(element: DerElement, width: 2 | 4, what: string): string {
  const bytes = contentOf(element);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length % width !== 0) element.source.oddities.add(`${what} ends in the middle of a character`);
  const parts: string[] = [];
  for (let at = 0; at + width <= bytes.length; at += width) {
    const code = width === 2 ? view.getUint16(at) : view.getUint32(at);
    parts.push(code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD');
  }
  const text = parts.join('');
  if (text.includes('\0')) noteNul(element, what);
  return text;
}

function noteNul(element: DerElement, what: string): void {
  element.source.oddities.add(`${what} holds a NUL character`);
}
