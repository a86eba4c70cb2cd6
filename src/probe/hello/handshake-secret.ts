import { createHash, createHmac } from 'node:crypto';

/** The hashes of TLS 1.3 suites. */
export type ScheduleHash = 'sha256' | 'sha384';

const HASH_BYTES = { sha256: 32, sha384: 48 } as const;

/** The secret behind the server's handshake records (RFC 8446, section 7.1), from the agreed secret and the transcript. */
export function serverHandshakeSecret(
  hash: ScheduleHash,
  sharedSecret: Buffer,
  transcript: readonly Uint8Array[],
): Buffer {
  const handshakeSecret = createHmac(hash, SALT[hash]).update(sharedSecret).digest();
  return expandLabel(hash, handshakeSecret, 's hs traffic', HASH_BYTES[hash], digest(hash, transcript));
}

/** What stands in the transcript for a first hello that was answered with a retry (RFC 8446, section 4.4.1). */
export function messageHash(hash: ScheduleHash, firstHello: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([254, 0, 0, HASH_BYTES[hash]]), digest(hash, [firstHello])]);
}

/** HKDF-Expand-Label (RFC 8446, section 7.1), for lengths within one block of the hash. */
export function expandLabel(
  hash: ScheduleHash,
  secret: Buffer,
  label: string,
  length: number,
  context: Uint8Array = Buffer.alloc(0),
): Buffer {
  const name = Buffer.from(`tls13 ${label}`, 'latin1');
  const info = Buffer.concat([
    Buffer.from([length >> 8, length & 255, name.length]),
    name,
    Buffer.from([context.length]),
    context,
    Buffer.from([1]),
  ]);
  return createHmac(hash, secret).update(info).digest().subarray(0, length);
}

/** Without a pre-shared key the salt of the handshake secret is the same in every handshake. */
const SALT: Readonly<Record<ScheduleHash, Buffer>> = { sha256: salt('sha256'), sha384: salt('sha384') };

function salt(hash: ScheduleHash): Buffer {
  const zeros = Buffer.alloc(HASH_BYTES[hash]);
  const earlySecret = createHmac(hash, zeros).update(zeros).digest();
  return expandLabel(hash, earlySecret, 'derived', HASH_BYTES[hash], digest(hash, []));
}

function digest(hash: ScheduleHash, messages: readonly Uint8Array[]): Buffer {
  const state = createHash(hash);
  for (const message of messages) state.update(message);
  return state.digest();
}
