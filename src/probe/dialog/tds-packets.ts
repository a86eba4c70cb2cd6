import type { ByteStream } from '../byte-stream.js';
import { malformed } from './malformed.js';

/** Type, status, length (2), process id (2), packet number, window (MS-TDS, section 2.2.3.1). */
const TDS_HEADER_BYTES = 8;

/** The packet type of PRELOGIN, and of the handshake messages inside it (MS-TDS, section 2.2.3.1.1). */
export const TDS_PRELOGIN = 0x12;

/** The packet type of a server's answers; servers before 2005 answer the handshake with it too. */
export const TDS_RESPONSE = 0x04;

/** Status bit: the last packet of a message (MS-TDS, section 2.2.3.1.2). */
const TDS_END_OF_MESSAGE = 0x01;

/** What both sides use before the login negotiates another size (MS-TDS, section 2.2.3.1). */
const PACKET_BYTES = 4096;

/** Reads and removes a packet's header; throws `malformed` when it is none. */
export async function readTdsHeader(
  stream: ByteStream,
): Promise<{ readonly isLast: boolean; readonly payloadBytes: number }> {
  while (stream.buffered.length < TDS_HEADER_BYTES) await stream.fill();
  const header = stream.take(TDS_HEADER_BYTES);
  const type = header.readUInt8(0);
  const length = header.readUInt16BE(2);
  if (type !== TDS_PRELOGIN && type !== TDS_RESPONSE)
    throw malformed(`expected a TDS packet of type 4 or 18, got type ${type}`);
  if (length < TDS_HEADER_BYTES) throw malformed(`a TDS packet is said to be ${length} bytes long`);
  return {
    isLast: (header.readUInt8(1) & TDS_END_OF_MESSAGE) !== 0,
    payloadBytes: length - TDS_HEADER_BYTES,
  };
}

/** Cuts one message into PRELOGIN packets. */
export function toTdsPackets(message: Uint8Array, firstNumber: number): Buffer[] {
  const room = PACKET_BYTES - TDS_HEADER_BYTES;
  const packets: Buffer[] = [];
  for (let start = 0; start < message.length; start += room) {
    const payload = message.subarray(start, start + room);
    const header = Buffer.alloc(TDS_HEADER_BYTES);
    header.writeUInt8(TDS_PRELOGIN, 0);
    header.writeUInt8(start + room >= message.length ? TDS_END_OF_MESSAGE : 0, 1);
    header.writeUInt16BE(TDS_HEADER_BYTES + payload.length, 2);
    header.writeUInt8((firstNumber + packets.length) & 0xff, 6);
    packets.push(Buffer.concat([header, payload]));
  }
  return packets;
}
