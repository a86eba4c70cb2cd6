/** Writes bytes as lower-case hex; none for null. */
export function encodeHex(bytes: Uint8Array | null): string {
  if (bytes === null) return '';
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

/** Reads hex. */
export function decodeHex(text: string): Buffer {
  return Buffer.from(text, 'hex');
}
