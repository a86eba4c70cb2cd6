/** A TLS record. */
export function record(type: number, fragment: Uint8Array, version = 0x0303): Buffer {
  return Buffer.concat([
    Buffer.from([type, version >> 8, version & 255, fragment.length >> 8, fragment.length & 255]),
    fragment,
  ]);
}

/** A handshake message with its header. */
export function handshakeMessage(type: number, body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([type]), vector(3, body)]);
}

/** An alert in a record of its own. */
export function alertRecord(level: 1 | 2, code: number): Buffer {
  return record(21, Buffer.from([level, code]));
}

/** Bytes behind their length. */
export function vector(prefixBytes: 1 | 2 | 3, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const prefix = Buffer.alloc(prefixBytes);
  prefix.writeUIntBE(body.length, 0, prefixBytes);
  return Buffer.concat([prefix, body]);
}

/** A number of two bytes. */
export function uint16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 255]);
}

/** A ServerHello message that chooses as told, without extensions unless given (type and data in turn). */
export function serverHello(
  version: number,
  cipherSuite: number,
  extensions?: readonly (readonly [number, Uint8Array])[],
): Buffer {
  const block = extensions?.map(([type, data]) => Buffer.concat([uint16(type), vector(2, data)]));
  return handshakeMessage(
    2,
    Buffer.concat([
      uint16(version),
      Buffer.alloc(32, 0x55),
      vector(1),
      uint16(cipherSuite),
      Buffer.from([0]),
      ...(block ? [vector(2, ...block)] : []),
    ]),
  );
}

/** A Certificate message of TLS 1.2 and before. */
export function certificateMessage(...chain: readonly Uint8Array[]): Buffer {
  return handshakeMessage(11, vector(3, ...chain.map((der) => vector(3, der))));
}

/** The end of a server's first flight. */
export const SERVER_HELLO_DONE: Buffer = handshakeMessage(14, Buffer.alloc(0));
