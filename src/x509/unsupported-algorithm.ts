import { DerError } from './der-error.js';

/** Ciphers of the past that are known by name only. */
const NAMES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.5.3': 'MD5 with DES',
  '1.2.840.113549.1.5.10': 'SHA-1 with DES',
  '1.2.840.113549.1.5.11': 'SHA-1 with RC2',
  '1.2.840.113549.1.12.1.1': 'RC4 of 128 bits',
  '1.2.840.113549.1.12.1.2': 'RC4 of 40 bits',
};

/** Says which algorithm is not supported, by name where it is known. */
export function unsupportedAlgorithm(what: string, oid: string): DerError {
  const name = NAMES[oid];
  return new DerError(`its ${what} is not supported: ${name === undefined ? oid : `${name} (${oid})`}`);
}
