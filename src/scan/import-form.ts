import { open } from 'node:fs/promises';
import { findFile } from './find-file.js';
import { recogniseForeignFile } from './foreign-file.js';
import type { ForeignSource } from './foreign-source.js';

/** Bytes that tell a certificate on disk: PEM may have some lines about it before. */
const BEGINNING_BYTES = 64 * 1024;

/** A SEQUENCE with a length of two bytes or three, as certificates and PKCS#7 have (X.690, section 8.1.3). */
const DER_BEGINNINGS: readonly number[] = [0x3081, 0x3082, 0x3083];

/** What a file is to be imported as; null: it is nothing that can be. */
export type ImportForm =
  | { readonly kind: 'results'; readonly source: ForeignSource }
  | { readonly kind: 'certificates' };

/** Tells by its content what a file or folder can be imported as; throws a UsageError where it cannot be read. */
export async function findImportForm(path: string): Promise<ImportForm | null> {
  if ((await findFile(path))?.isDirectory()) return { kind: 'certificates' };
  const source = await recogniseForeignFile(path);
  if (source !== null) return { kind: 'results', source };
  return (await isCertificate(path)) ? { kind: 'certificates' } : null;
}

async function isCertificate(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINNING_BYTES), 0, BEGINNING_BYTES, 0);
    const bytes = buffer.subarray(0, bytesRead);
    if (bytes.length >= 2 && DER_BEGINNINGS.includes(bytes.readUInt16BE())) return true;
    return /^-----BEGIN (?:[A-Z0-9]+ )?(?:CERTIFICATE|PKCS7|CMS)-----/m.test(bytes.toString('latin1'));
  } finally {
    await file.close();
  }
}
