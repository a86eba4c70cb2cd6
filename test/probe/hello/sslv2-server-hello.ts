import { uint16 } from './write-records.js';

/** The greeting of an SSLv2 server (draft-hickman-netscape-ssl-00, section 2.6), with either form of record header. */
export function sslv2ServerHello(
  certificate: Uint8Array,
  cipherKinds: readonly number[],
  padded = false,
): Buffer {
  const connectionId = Buffer.alloc(16, 0x11);
  const body = Buffer.concat([
    Buffer.from([4, 0, 1]),
    uint16(0x0002),
    uint16(certificate.length),
    uint16(3 * cipherKinds.length),
    uint16(connectionId.length),
    certificate,
    ...cipherKinds.map((kind) => Buffer.from([kind >> 16, (kind >> 8) & 255, kind & 255])),
    connectionId,
  ]);
  if (!padded) return Buffer.concat([uint16(0x8000 | body.length), body]);
  const padding = Buffer.alloc(3);
  return Buffer.concat([uint16(body.length + padding.length), Buffer.from([padding.length]), body, padding]);
}
