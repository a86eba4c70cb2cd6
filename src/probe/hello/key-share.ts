/**
 * Why no Diffie-Hellman is computed here. A scan wants the server's certificate, which TLS 1.3 encrypts with a key that
 * both sides agree on; that key protects nothing of ours, and we hang up as soon as it has served. So our private key is
 * the number one: our share is the group's own generator, and the secret that both sides agree on is the server's share.
 * That turns two scalar multiplications, four fifths of the cost of a TLS 1.3 hello, into a copy. The server cannot tell,
 * and it loses nothing: its certificate is public and its own key stays secret. Never use this to send data.
 */
import { createECDH } from 'node:crypto';
import { mlKemShare } from './ml-kem-share.js';
import type { SharePart } from './share-part.js';

const makers: ReadonlyMap<number, () => readonly SharePart[]> = new Map([
  [0x0017, () => [curve('prime256v1', 32)]],
  [0x0018, () => [curve('secp384r1', 48)]],
  [0x0019, () => [curve('secp521r1', 66)]],
  [0x001d, () => [montgomery(9, 32)]],
  [0x001e, () => [montgomery(5, 56)]],
  [0x001f, () => [curve('brainpoolP256r1', 32)]],
  [0x0020, () => [curve('brainpoolP384r1', 48)]],
  [0x0021, () => [curve('brainpoolP512r1', 64)]],
  [0x0100, () => [finiteField(256)]],
  [0x0101, () => [finiteField(384)]],
  [0x0102, () => [finiteField(512)]],
  [0x0103, () => [finiteField(768)]],
  [0x0104, () => [finiteField(1024)]],
  [0x0200, () => [mlKemShare(512)]],
  [0x0201, () => [mlKemShare(768)]],
  [0x0202, () => [mlKemShare(1024)]],
  // Hybrids put their halves in the order of their names, but for this one (RFC 10024).
  [0x11ec, () => [mlKemShare(768), montgomery(9, 32)]],
  [0x11eb, () => [curve('prime256v1', 32), mlKemShare(768)]],
  [0x11ed, () => [curve('secp384r1', 48), mlKemShare(1024)]],
]);

const made = new Map<number, readonly SharePart[]>();

/** Whether a TLS 1.3 hello can carry a share for this group, and its answer be read. */
export function canShare(group: number): boolean {
  return makers.has(group);
}

/** Our share of a TLS 1.3 key exchange (RFC 8446, section 4.2.8); null for groups that we cannot serve. */
export function clientKeyShare(group: number): Buffer | null {
  const parts = sharePartsOf(group);
  const [only] = parts ?? [];
  if (!parts || !only) return null;
  return parts.length === 1 ? only.client : Buffer.concat(parts.map((part) => part.client));
}

/** The secret that a server's share leads to (RFC 8446, section 7.4); null for a share that is not of its group. */
export function sharedSecret(group: number, serverShare: Buffer): Buffer | null {
  const secrets: Buffer[] = [];
  let at = 0;
  for (const part of sharePartsOf(group) ?? []) {
    const share = serverShare.subarray(at, at + part.serverBytes);
    at += part.serverBytes;
    const secret = share.length === part.serverBytes ? part.secretOf(share) : null;
    if (secret === null) return null;
    secrets.push(secret);
  }
  return at === serverShare.length && at > 0 ? Buffer.concat(secrets) : null;
}

function sharePartsOf(group: number): readonly SharePart[] | undefined {
  let parts = made.get(group);
  if (!parts) {
    parts = makers.get(group)?.();
    if (parts) made.set(group, parts);
  }
  return parts;
}

/** One times the server's point is that point, and the secret is its x coordinate (RFC 8446, section 7.4.2). */
function curve(name: string, fieldBytes: number): SharePart {
  const ecdh = createECDH(name);
  ecdh.setPrivateKey('01', 'hex');
  const uncompressed = 4;
  return {
    client: ecdh.getPublicKey(),
    serverBytes: 1 + 2 * fieldBytes,
    secretOf: (share) => (share[0] === uncompressed ? share.subarray(1, 1 + fieldBytes) : null),
  };
}

/** The base point multiplied by the server's scalar is the server's share (RFC 7748, section 6). */
function montgomery(basePoint: number, bytes: number): SharePart {
  const client = Buffer.alloc(bytes);
  client[0] = basePoint;
  return { client, serverBytes: bytes, secretOf: (share) => share };
}

/** The generator of all RFC 7919 groups is 2; shares and secret are as long as the prime. */
function finiteField(bytes: number): SharePart {
  const client = Buffer.alloc(bytes);
  client[bytes - 1] = 2;
  return { client, serverBytes: bytes, secretOf: (share) => share };
}
