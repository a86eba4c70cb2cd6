import { fingerprint } from '../x509/fingerprint.js';
import type { InspectedObject, PrivateKeyFacts } from './inspection.js';
import type { KeyPairs } from './key-pairs.js';
import type { OpenedObject } from './opened-file.js';

/** Says what an object of a file is, as plain JSON. */
export function describeObject(object: OpenedObject, pairs: KeyPairs): InspectedObject {
  const { friendlyName, kind, place } = object;
  const nothing = { certificate: null, request: null, key: null, what: null, reason: null };
  const plain = { place, kind, friendlyName, ...nothing };
  switch (object.kind) {
    case 'certificate':
      return { ...plain, certificate: object.parsed.facts };
    case 'request': {
      const { commonName, fingerprintSha256, publicKey, selfSignature, signatureAlgorithm, spkiSha256 } =
        object.csr;
      const request = {
        fingerprintSha256,
        commonName,
        subject: object.csr.subjectText,
        subjectAltNames: object.csr.subjectAltNames,
        keyType: publicKey.type,
        keyBits: publicKey.bits,
        signatureAlgorithm: signatureAlgorithm.name,
        signature: selfSignature,
        spkiSha256,
      };
      return { ...plain, request };
    }
    case 'private-key':
      return { ...plain, key: describeKey(object, pairs) };
    case 'other':
      return { ...plain, what: object.what };
    case 'unreadable':
      return { ...plain, what: object.what, reason: object.reason };
  }
}

function describeKey(
  { publicKey }: Extract<OpenedObject, { kind: 'private-key' }>,
  pairs: KeyPairs,
): PrivateKeyFacts {
  if (publicKey === null)
    return { locked: true, keyType: null, keyBits: null, spkiSha256: null, matches: [] };
  return {
    locked: false,
    keyType: publicKey.type,
    keyBits: publicKey.bits,
    spkiSha256: fingerprint(publicKey.der),
    matches: pairs.findMatches(publicKey),
  };
}
