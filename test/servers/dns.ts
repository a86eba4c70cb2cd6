import { createSocket } from 'node:dgram';
import { SocketAddress } from 'node:net';

/** What a name server knows of one name. */
export interface DnsRecords {
  readonly a?: readonly string[];
  readonly aaaa?: readonly string[];
  /** Exchange `.` is the null MX. */
  readonly mx?: readonly { readonly preference: number; readonly exchange: string }[];
  /** Answered to every question about the name instead of records. */
  readonly failure?: 'servfail' | 'refused' | 'silence';
}

/** A name server on loopback. */
export interface DnsServer {
  /** `127.0.0.1:5353`, as the command line takes it. */
  readonly place: string;
  /** Names that were asked for, with the type: `example.test MX`. */
  readonly questions: readonly string[];
  close(): Promise<void>;
}

const TYPES = { A: 1, MX: 15, AAAA: 28 } as const;
const TTL_SECONDS = 60;
const HEADER_BYTES = 12;
const NO_ERROR = 0;
const RESPONSE_CODES = { servfail: 2, refused: 5 } as const;
const NAME_ERROR = 3;

/** Starts a name server (RFC 1035, over UDP) that answers for a few names and denies all others. */
export async function startDns(names: Readonly<Record<string, DnsRecords>>): Promise<DnsServer> {
  const socket = createSocket('udp4');
  const questions: string[] = [];
  socket.on('message', (query, { address, port }) => {
    const { end, name, type } = readQuestion(query);
    questions.push(`${name} ${typeName(type)}`);
    const records = names[name];
    if (records?.failure === 'silence') return;
    const code = records?.failure ? RESPONSE_CODES[records.failure] : records ? NO_ERROR : NAME_ERROR;
    const answers = records && !records.failure ? encodeAnswers(records, type) : [];
    const header = Buffer.from(query.subarray(0, HEADER_BYTES));
    // A response, authoritative, recursion available (RFC 1035, section 4.1.1).
    header.writeUInt16BE(0x8580 | code, 2);
    header.writeUInt16BE(answers.length, 6);
    header.writeUInt32BE(0, 8);
    socket.send(Buffer.concat([header, query.subarray(HEADER_BYTES, end), ...answers]), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    place: `127.0.0.1:${socket.address().port}`,
    questions,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function readQuestion(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function typeName(type: number): string {
  return Object.entries(TYPES).find(([, number]) => number === type)?.[0] ?? String(type);
}

function encodeAnswers({ a = [], aaaa = [], mx = [] }: DnsRecords, type: number): Buffer[] {
  switch (type) {
    case TYPES.A:
      return a.map((address) => encodeAnswer(type, Buffer.from(address.split('.').map(Number))));
    case TYPES.AAAA:
      return aaaa.map((address) => encodeAnswer(type, encodeIpv6(address)));
    case TYPES.MX:
      return mx.map(({ exchange, preference }) => {
        const data = Buffer.alloc(2);
        data.writeUInt16BE(preference);
        return encodeAnswer(type, Buffer.concat([data, encodeName(exchange)]));
      });
    default:
      return [];
  }
}

function encodeAnswer(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(12);
  // A pointer to the name of the question (RFC 1035, section 4.1.4).
  head.writeUInt16BE(0xc000 | HEADER_BYTES, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(TTL_SECONDS, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function encodeName(name: string): Buffer {
  const labels = name.split('.').filter((label) => label !== '');
  const parts = labels.map((label) => Buffer.from([label.length, ...Buffer.from(label, 'latin1')]));
  return Buffer.concat([...parts, Buffer.of(0)]);
}

function encodeIpv6(text: string): Buffer {
  const { address } = new SocketAddress({ address: text, family: 'ipv6' });
  const [before = '', after = ''] = address.split('::');
  const read = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const tail = read(after);
  const head = read(before);
  const groups = [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
  return Buffer.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}
