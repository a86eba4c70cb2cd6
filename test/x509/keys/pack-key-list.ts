// Packs a list of digests, as openPackedKeyList reads it. The files of src/x509/keys/data are made with
// npx tsx test/x509/keys/pack-key-list.ts <file of sorted 10-octet digests> <packed file>

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DIGEST_OCTETS } from '../../../src/x509/keys/key-list.js';

/** Packs digests of ten octets each, which need not be sorted. */
export function packKeyList(digests: readonly Uint8Array[]): Buffer {
  const sorted = [...digests].sort(Buffer.compare);
  const counts = Buffer.alloc(0x10000);
  for (const digest of sorted) {
    const bucket = Buffer.from(digest).readUInt16BE(0);
    counts.writeUInt8((counts[bucket] ?? 0) + 1, bucket);
  }
  return Buffer.concat([counts, ...sorted.map((digest) => digest.subarray(2, 6))]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , source = '', packed = ''] = process.argv;
  const bytes = readFileSync(source);
  const digests = Array.from({ length: bytes.length / DIGEST_OCTETS }, (_, index) =>
    bytes.subarray(index * DIGEST_OCTETS, (index + 1) * DIGEST_OCTETS),
  );
  writeFileSync(packed, packKeyList(digests));
}
