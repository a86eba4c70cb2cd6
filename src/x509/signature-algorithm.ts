import { readSmallInteger } from './der/integer.js';
import { readOid } from './der/oid.js';
import { type DerElement, readChildren, readWrapped, requireTag, TAG } from './der.js';
import { DerError } from './der-error.js';
import { HASH_ALGORITHMS } from './hash-algorithms.js';
import type { SignatureAlgorithm } from './parsed-certificate.js';
import { SIGNATURE_ALGORITHMS } from './signature-algorithms.js';

/** Reads the AlgorithmIdentifier of a signature (RFC 5280, section 4.1.1.2). */
export function readSignatureAlgorithm(element: DerElement | undefined): SignatureAlgorithm {
  const [identifier, parameters] = readChildren(requireTag(element, TAG.sequence, 'the signature algorithm'));
  const oid = readOid(identifier, 'the signature algorithm');
  const known = SIGNATURE_ALGORITHMS[oid];
  if (known === undefined) return { oid, name: oid, hash: null, pss: null };
  if (known.scheme === 'rsa-pss') return readPss(oid, known.name, parameters);
  return { oid, name: known.name, hash: known.hash, pss: null };
}

/** RFC 4055, section 3.1: SHA-1, mask generation by SHA-1 and a salt of 20 octets where nothing else is said. */
function readPss(oid: string, name: string, parameters: DerElement | undefined): SignatureAlgorithm {
  let hash: string | null = 'sha1';
  let maskHash: string | null = 'sha1';
  let saltLength = 20;
  try {
    for (const field of parameters?.tag === TAG.sequence ? readChildren(parameters) : []) {
      if (field.tag === 0xa0) hash = readHash(readWrapped(field));
      else if (field.tag === 0xa1) maskHash = readHash(readChildren(readWrapped(field))[1]);
      else if (field.tag === 0xa2) saltLength = readSmallInteger(readWrapped(field), 'the salt length');
    }
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    parameters?.source.oddities.add(`the parameters of RSASSA-PSS cannot be read: ${error.message}`);
    return { oid, name, hash: null, pss: null };
  }
  const full = hash === null ? name : `${name}-${hash.toUpperCase()}`;
  return { oid, name: full, hash, pss: { maskHash, saltLength } };
}

function readHash(element: DerElement | undefined): string | null {
  const [identifier] = readChildren(requireTag(element, TAG.sequence, 'the hash algorithm'));
  return HASH_ALGORITHMS[readOid(identifier, 'the hash algorithm')] ?? null;
}
