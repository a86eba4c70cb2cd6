import dgram from 'node:dgram';
import { once } from 'node:events';

/** A name server on loopback that knows reverse names and nothing else. */
export interface DnsServer {
  /** As `Resolver.setServers` takes it. */
  readonly address: string;
  /** Questions so far. */
  readonly questions: number;
  close(): void;
}

/** Header (RFC 1035, section 4.1.1). */
const HEADER_BYTES = 12;

/** Response, recursion desired and available; the last digit is the code. */
const NO_ERROR = 0x8180;
const NAME_ERROR = 0x8183;

/** Starts a name server; `names` gives the PTR records of each reverse name; null: it stays silent. */
export async function startDnsServer(
  names: (question: string) => readonly string[] | null,
): Promise<DnsServer> {
  const socket = dgram.createSocket('udp4');
  let questions = 0;
  socket.on('message', (query, { address, port }) => {
    questions += 1;
    const { name, end } = readName(query);
    const records = names(name);
    if (records !== null) socket.send(answer(query.subarray(0, end + 4), records), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    get questions() {
      return questions;
    },
    close: () => socket.close(),
  };
}

function readName(query: Buffer): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.'), end: at + 1 };
}

function answer(question: Buffer, records: readonly string[]): Buffer {
  const header = Buffer.from(question);
  header.writeUInt16BE(records.length > 0 ? NO_ERROR : NAME_ERROR, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  header.writeUInt32BE(0, 8);
  return Buffer.concat([
    header,
    ...records.map((name) => {
      const data = writeName(name);
      // The name of the question, type PTR, class IN, a minute to live.
      const head = Buffer.from('c00c000c00010000003c0000', 'hex');
      head.writeUInt16BE(data.length, 10);
      return Buffer.concat([head, data]);
    }),
  ]);
}

function writeName(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.from(`${String.fromCharCode(label.length)}${label}`));
  return Buffer.concat([...labels, Buffer.of(0)]);
}
