import { readInteger } from './der/integer.js';
import { readChildren, readDer } from './der.js';
import type { ParsedCertificate } from './parsed-certificate.js';

/** The bytes of a certificate's serial number exactly as its INTEGER has them: what a question about it must repeat. */
export function readSerialNumber(certificate: ParsedCertificate): Uint8Array {
  const fields = readChildren(readDer(certificate.tbs));
  return readInteger(fields[fields[0]?.tag === 0xa0 ? 1 : 0], 'the serial number');
}

/** Strips what does not change the number, so that equal numbers have equal bytes (X.690, section 8.3.2). */
export function minimiseSerialNumber(bytes: Uint8Array): Uint8Array {
  const start = startOfNumber(bytes, 0, bytes.length);
  return start === 0 ? bytes : bytes.subarray(start);
}

/** Where the shortest form of the two's complement number in `bytes` from `start` to `end` begins. */
export function startOfNumber(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at + 1 < end) {
    const first = bytes[at];
    const isNextNegative = (bytes[at + 1] ?? 0) >= 0x80;
    if (!((first === 0 && !isNextNegative) || (first === 0xff && isNextNegative))) break;
    at++;
  }
  return at;
}
