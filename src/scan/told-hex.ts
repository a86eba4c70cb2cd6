/** Letters of a SHA-256 in hex. */
const DIGEST_LETTERS = 64;

/** Letters of the longest serial number: RFC 5280, section 4.1.2.2, allows 20 octets, and some CAs take a few more. */
const SERIAL_LETTERS = 256;

/** Reads hex digits, with or without colons, in either case; null: it is none. */
export function readToldHex(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const hex = value.replaceAll(':', '').toLowerCase();
  return /^(?:[0-9a-f]{2})+$/.test(hex) ? hex : null;
}

/** Reads a SHA-256; null: it is none. */
export function readToldSha256(value: unknown): string | null {
  const hex = readToldHex(value);
  return hex?.length === DIGEST_LETTERS ? hex : null;
}

/** Reads a serial number as the bytes of its INTEGER (X.690, section 8.3), whatever zeros stand before it; empty: unknown. */
export function readToldSerial(value: unknown): string {
  const hex = readToldHex(value);
  if (hex === null || hex.length > SERIAL_LETTERS) return '';
  const digits = hex.replace(/^(?:00)+(?=.)/, '');
  return /^[89a-f]/.test(digits) ? `00${digits}` : digits;
}
