// Bytes of TLS as a server sends them, right or wrong: what the hostile servers are made of.

/** Record types (RFC 8446, section 5.1). */
export const RECORD = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23, heartbeat: 24 };

const MAX_FRAGMENT_BYTES = 16_384;

/** One record, whatever its content. */
export function record(type: number, content: Uint8Array, version = 0x0303): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt8(type, 0);
  header.writeUInt16BE(version, 1);
  header.writeUInt16BE(content.length, 3);
  return Buffer.concat([header, content]);
}

/** Content cut into as many handshake records as it takes. */
export function handshakeRecords(content: Uint8Array, fragmentBytes = MAX_FRAGMENT_BYTES): Buffer {
  const records: Buffer[] = [];
  for (let at = 0; at < content.length; at += fragmentBytes) {
    records.push(record(RECORD.handshake, content.subarray(at, at + fragmentBytes)));
  }
  return Buffer.concat(records);
}

/** An alert record; level 1 warns, 2 ends. */
export function alert(level: number, code: number): Buffer {
  return record(RECORD.alert, Buffer.from([level, code]));
}

/** A handshake message; `length` lies about the body. */
export function message(type: number, body: Uint8Array, length = body.length): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt8(type, 0);
  header.writeUIntBE(length, 1, 3);
  return Buffer.concat([header, body]);
}

/** A vector with its length before it. */
export function vector(prefixBytes: 1 | 2 | 3, content: Uint8Array): Buffer {
  const prefix = Buffer.alloc(prefixBytes);
  prefix.writeUIntBE(content.length, 0, prefixBytes);
  return Buffer.concat([prefix, content]);
}

/** What a ServerHello is to say. */
export interface ServerHelloSpec {
  readonly version?: number;
  readonly random?: Uint8Array;
  readonly suite?: number;
  readonly compression?: number;
  readonly sessionId?: Uint8Array;
  /** Absent: no extensions at all. */
  readonly extensions?: readonly Uint8Array[];
  /** Bytes behind the end. */
  readonly rest?: Uint8Array;
}

/** A ServerHello's body; the default is a sound one of TLS 1.2 with ECDHE-RSA-AES128-GCM-SHA256. */
export function serverHelloBody(spec: ServerHelloSpec = {}): Buffer {
  return Buffer.concat([
    uint16(spec.version ?? 0x0303),
    spec.random ?? Buffer.alloc(32, 0x5a),
    vector(1, spec.sessionId ?? Buffer.alloc(0)),
    uint16(spec.suite ?? 0xc02f),
    Buffer.from([spec.compression ?? 0]),
    spec.extensions === undefined ? Buffer.alloc(0) : vector(2, Buffer.concat(spec.extensions)),
    spec.rest ?? Buffer.alloc(0),
  ]);
}

/** A ServerHello message. */
export function serverHello(spec?: ServerHelloSpec): Buffer {
  return message(2, serverHelloBody(spec));
}

/** One extension. */
export function extension(type: number, data: Uint8Array): Buffer {
  return Buffer.concat([uint16(type), vector(2, data)]);
}

/** A TLS 1.3 ServerHello in answer to `hello`, with this X25519 share. */
export function tls13ServerHello(hello: Uint8Array, share: Uint8Array): Buffer {
  return serverHello({
    suite: 0x1301,
    sessionId: sessionIdOf(hello),
    extensions: [
      extension(43, uint16(0x0304)),
      extension(51, Buffer.concat([uint16(0x001d), vector(2, share)])),
    ],
  });
}

/** A HelloRetryRequest in answer to `hello`, asking for P-384 (RFC 8446, section 4.1.4). */
export function helloRetryRequest(hello: Uint8Array): Buffer {
  return serverHello({
    suite: 0x1301,
    sessionId: sessionIdOf(hello),
    random: Buffer.from('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c', 'hex'),
    extensions: [extension(43, uint16(0x0304)), extension(51, uint16(0x0018))],
  });
}

/** A Certificate message of TLS 1.2 with these entries. */
export function certificateMessage(entries: readonly Uint8Array[]): Buffer {
  return message(11, vector(3, Buffer.concat(entries.map((entry) => vector(3, entry)))));
}

/** The session id of a ClientHello record, which a TLS 1.3 server sends back. */
function sessionIdOf(hello: Uint8Array): Uint8Array {
  const at = 5 + 4 + 2 + 32;
  return hello.subarray(at + 1, at + 1 + (hello[at] ?? 0));
}

function uint16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 255]);
}
