import { type CipherCCMTypes, createDecipheriv } from 'node:crypto';
import { expandLabel, type ScheduleHash } from './handshake-secret.js';
import { malformed } from './malformed.js';
import { RECORD_HEADER_BYTES } from './record-reader.js';

/** How a TLS 1.3 suite protects records (RFC 8446, appendix B.4). */
export interface Tls13Suite {
  readonly cipher: 'aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305' | 'aes-128-ccm';
  readonly keyBytes: number;
  readonly tagBytes: number;
  readonly hash: ScheduleHash;
}

/** The TLS 1.3 suites that can be read, by number. */
export const TLS13_SUITES: ReadonlyMap<number, Tls13Suite> = new Map<number, Tls13Suite>([
  [0x1301, { cipher: 'aes-128-gcm', keyBytes: 16, tagBytes: 16, hash: 'sha256' }],
  [0x1302, { cipher: 'aes-256-gcm', keyBytes: 32, tagBytes: 16, hash: 'sha384' }],
  [0x1303, { cipher: 'chacha20-poly1305', keyBytes: 32, tagBytes: 16, hash: 'sha256' }],
  [0x1304, { cipher: 'aes-128-ccm', keyBytes: 16, tagBytes: 16, hash: 'sha256' }],
  [0x1305, { cipher: 'aes-128-ccm', keyBytes: 16, tagBytes: 8, hash: 'sha256' }],
]);

const IV_BYTES = 12;

/** A record with its protection taken off. */
export interface OpenedRecord {
  readonly type: number;
  readonly content: Buffer;
}

/** Opens the records that a server protects with one TLS 1.3 traffic secret (RFC 8446, section 5.2). */
export class RecordProtection {
  readonly #suite: Tls13Suite;
  readonly #key: Buffer;
  readonly #iv: Buffer;
  #sequence = 0;

  constructor(suite: Tls13Suite, trafficSecret: Buffer) {
    this.#suite = suite;
    this.#key = expandLabel(suite.hash, trafficSecret, 'key', suite.keyBytes);
    this.#iv = expandLabel(suite.hash, trafficSecret, 'iv', IV_BYTES);
  }

  /** Opens the next record, given whole; throws ProbeFailure when it was not made with this key. */
  open(record: Buffer): OpenedRecord {
    const plaintext = this.#decrypt(record);
    let end = plaintext.length;
    while (end > 0 && plaintext[end - 1] === 0) end -= 1;
    const type = plaintext[end - 1];
    if (type === undefined) throw malformed('a protected record has no content');
    return { type, content: plaintext.subarray(0, end - 1) };
  }

  #decrypt(record: Buffer): Buffer {
    const { cipher, tagBytes } = this.#suite;
    const header = record.subarray(0, RECORD_HEADER_BYTES);
    const sealed = record.subarray(
      RECORD_HEADER_BYTES,
      Math.max(RECORD_HEADER_BYTES, record.length - tagBytes),
    );
    if (record.length <= RECORD_HEADER_BYTES + tagBytes) throw malformed('a protected record is cut short');
    // CCM is the strictest of the AEADs about what it must be told and when; the others take the same calls.
    const decipher = createDecipheriv(cipher as CipherCCMTypes, this.#key, this.#nonce(), {
      authTagLength: tagBytes,
    });
    try {
      decipher.setAuthTag(record.subarray(record.length - tagBytes));
      decipher.setAAD(header, { plaintextLength: sealed.length });
      const plaintext = decipher.update(sealed);
      decipher.final();
      return plaintext;
    } catch {
      throw malformed('a protected record cannot be opened');
    }
  }

  /** The sequence number mixed into the last bytes of the IV (RFC 8446, section 5.3). */
  #nonce(): Buffer {
    const nonce = Buffer.from(this.#iv);
    nonce.writeUInt32BE((nonce.readUInt32BE(IV_BYTES - 4) ^ this.#sequence) >>> 0, IV_BYTES - 4);
    this.#sequence += 1;
    return nonce;
  }
}
