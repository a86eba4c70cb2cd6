import { ByteWriter } from './byte-writer.js';
import { EMPTY_RENEGOTIATION_INFO_SCSV } from './cipher-suites.js';
import { EXTENSION_TYPE } from './extension-type.js';
import type { HelloSpec } from './hello-spec.js';
import { clientKeyShare } from './key-share.js';
import { MESSAGE_TYPE } from './message-type.js';
import { protocolVersionId } from './protocol-versions.js';
import { RECORD_TYPE } from './record-type.js';

/** What a server asked for with a HelloRetryRequest (RFC 8446, section 4.1.4). */
export interface RetryDemand {
  /** The one group to send a share for; null: the shares were fine. */
  readonly group: number | null;
  /** To be sent back as it came; null: none. */
  readonly cookie: Uint8Array | null;
}

/** Bytes of the client random, and of the session id that TLS 1.3 hellos carry for middleboxes. */
export const RANDOM_BYTES = 32;

/**
 * Old F5 BIG-IP devices hang on a hello of 256 to 511 bytes, because its length then looks like an SSLv2 message type.
 * Padding to 512 avoids it (RFC 7685, section 4).
 */
const HANGING_LENGTHS = { from: 256, to: 511 };

/** An extension's type and length, and the one byte that keeps the last extension from being empty. */
const MIN_PADDING_EXTENSION = 5;

/** Old record version, which every server takes (RFC 8446, section 5.1). */
const FIRST_RECORD_VERSION = 0x0301;

const SSLV3 = 0x0300;
const TLS12 = 0x0303;

/** Status type `ocsp`, no responder ids, no request extensions (RFC 6066, section 8). */
const OCSP_STATUS_REQUEST = Buffer.from([1, 0, 0, 0, 0]);

/** Writes the handshake message of a ClientHello (RFC 8446, section 4.1.2; RFC 5246, section 7.4.1.2). */
export function writeClientHello(spec: HelloSpec, random: Uint8Array, retry?: RetryDemand): Buffer {
  const writer = new ByteWriter();
  const offersTls13 = spec.versions.includes('TLSv1.3');
  writer.uint8(MESSAGE_TYPE.clientHello);
  writer.vector(3, () => {
    writer.uint16(legacyVersion(spec));
    writer.bytes(random.subarray(0, RANDOM_BYTES));
    writer.vector(1, () => {
      if (offersTls13) writer.bytes(random.subarray(RANDOM_BYTES, 2 * RANDOM_BYTES));
    });
    writer.vector(2, () => {
      writer.uint16s(spec.cipherSuites);
      if (spec.plain && !spec.cipherSuites.includes(EMPTY_RENEGOTIATION_INFO_SCSV)) {
        writer.uint16(EMPTY_RENEGOTIATION_INFO_SCSV);
      }
    });
    writer.vector(1, () => {
      for (const method of spec.compressionMethods ?? [0]) writer.uint8(method);
    });
    if (!spec.plain) writer.vector(2, () => writeExtensions(writer, spec, offersTls13, retry));
  });
  return writer.finish();
}

/** Puts a handshake message into one record, as the first flight of a connection. */
export function wrapClientHello(spec: HelloSpec, message: Uint8Array): Buffer {
  const writer = new ByteWriter();
  writer.uint8(RECORD_TYPE.handshake);
  writer.uint16(Math.min(FIRST_RECORD_VERSION, legacyVersion(spec)));
  writer.vector(2, () => writer.bytes(message));
  return writer.finish();
}

function legacyVersion(spec: HelloSpec): number {
  const newest = spec.versions.reduce(
    (newest, version) => Math.max(newest, protocolVersionId(version)),
    SSLV3,
  );
  return Math.min(newest, TLS12);
}

function writeExtensions(
  writer: ByteWriter,
  spec: HelloSpec,
  offersTls13: boolean,
  retry?: RetryDemand,
): void {
  const extension = (type: number, body: () => void) => {
    writer.uint16(type);
    writer.vector(2, body);
  };
  const { serverName } = spec;
  if (serverName !== null) {
    extension(EXTENSION_TYPE.serverName, () =>
      writer.vector(2, () => {
        writer.uint8(0);
        writer.vector(2, () => writer.bytes(Buffer.from(serverName, 'latin1')));
      }),
    );
  }
  extension(EXTENSION_TYPE.extendedMasterSecret, () => undefined);
  extension(EXTENSION_TYPE.renegotiationInfo, () => writer.uint8(0));
  if (spec.groups.length > 0) {
    extension(EXTENSION_TYPE.supportedGroups, () => writer.vector(2, () => writer.uint16s(spec.groups)));
    extension(EXTENSION_TYPE.ecPointFormats, () => writer.vector(1, () => writer.uint8(0)));
  }
  extension(EXTENSION_TYPE.statusRequest, () => writer.bytes(OCSP_STATUS_REQUEST));
  if (spec.signatureSchemes.length > 0 && legacyVersion(spec) === TLS12) {
    extension(EXTENSION_TYPE.signatureAlgorithms, () =>
      writer.vector(2, () => writer.uint16s(spec.signatureSchemes)),
    );
  }
  if (offersTls13) writeTls13Extensions(writer, spec, extension, retry);
  for (const [type, data] of spec.extraExtensions ?? []) extension(type, () => writer.bytes(data));
  writePadding(writer, extension);
}

function writeTls13Extensions(
  writer: ByteWriter,
  spec: HelloSpec,
  extension: (type: number, body: () => void) => void,
  retry?: RetryDemand,
): void {
  extension(EXTENSION_TYPE.supportedVersions, () =>
    writer.vector(1, () => writer.uint16s(spec.versions.map(protocolVersionId))),
  );
  const cookie = retry?.cookie;
  if (cookie) extension(EXTENSION_TYPE.cookie, () => writer.vector(2, () => writer.bytes(cookie)));
  extension(EXTENSION_TYPE.pskKeyExchangeModes, () => writer.vector(1, () => writer.uint8(1)));
  const groups = retry && retry.group !== null ? [retry.group] : spec.keyShares;
  extension(EXTENSION_TYPE.keyShare, () =>
    writer.vector(2, () => {
      for (const group of groups) {
        const share = clientKeyShare(group);
        if (share === null) throw new RangeError(`no key share can be made for group ${group}`);
        writer.uint16(group);
        writer.vector(2, () => writer.bytes(share));
      }
    }),
  );
}

/** Only ever the last extension: it looks at what the whole message came to. */
function writePadding(writer: ByteWriter, extension: (type: number, body: () => void) => void): void {
  const length = writer.length;
  if (length < HANGING_LENGTHS.from || length > HANGING_LENGTHS.to) return;
  const missing = Math.max(HANGING_LENGTHS.to + 1 - length, MIN_PADDING_EXTENSION);
  extension(EXTENSION_TYPE.padding, () => writer.zeros(missing - 4));
}
