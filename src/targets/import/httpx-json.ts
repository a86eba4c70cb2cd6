import { firstObjectKeys } from '../first-object-keys.js';
import type { ImportFormat } from '../import-format.js';
import type { ImportSink } from '../import-sink.js';
import { createJsonObjectReader } from '../json-object-reader.js';
import { asText, type JsonRecord, readJsonRecord } from '../json-record.js';
import { readPlainAddress } from '../plain-address.js';
import { isProblem } from '../problem.js';
import { IMPLICIT_TLS } from '../protocol-ports.js';

/** The port of https URLs that have none (RFC 9110, section 4.2.2). */
const HTTPS_PORT = 443;

/** The JSON lines of ProjectDiscovery's httpx: one web server each, with the URL by which it was asked. */
export const httpxJson: ImportFormat = {
  name: 'httpx JSON',
  writtenBy: '`httpx -json`',
  description:
    'HTTPS servers: the address that answered, and the host name of the URL as server name. Plain HTTP is left out.',
  recognises(beginning) {
    const keys = firstObjectKeys(beginning);
    return keys.has('url') && !keys.has('address') && !keys.has('name') && !keys.has('ports');
  },
  open(sink: ImportSink) {
    const objects = createJsonObjectReader({
      fail: sink.fail,
      object: (text, line) => readRecord(readJsonRecord(text), line, sink),
    });
    return { write: objects.write, end: objects.end };
  },
};

function readRecord(record: JsonRecord | null, line: number, sink: ImportSink): void {
  const url = readUrl(asText(record?.url));
  if (record === null || url === null) {
    sink.fail('has an object without a "url", or one that is no JSON', line);
  }
  if (record.failed === true) {
    sink.leaveOut('closed or filtered');
    return;
  }
  if (url.protocol !== 'https:') {
    sink.leaveOut('plain HTTP');
    return;
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const name = asText(record.sni) ?? (isAddress(host) ? null : host);
  const port = url.port === '' ? HTTPS_PORT : url.port;
  const addresses = addressesOf(record, host);
  for (const address of addresses.length === 0 ? [null] : addresses) {
    sink.add({ address, name, port, protocol: IMPLICIT_TLS }, line);
  }
}

/** The address that answered; where none is told, all that the name had. */
function addressesOf(record: JsonRecord, host: string): readonly string[] {
  for (const candidate of [record.host_ip, record.host, host]) {
    const text = asText(candidate);
    if (text !== null && isAddress(text)) return [text];
  }
  const { a, aaaa } = record;
  const all = [a, aaaa].flatMap((list): unknown[] => (Array.isArray(list) ? list : []));
  return all.filter((value): value is string => typeof value === 'string' && isAddress(value));
}

function readUrl(text: string | null): URL | null {
  return text !== null && URL.canParse(text) ? new URL(text) : null;
}

function isAddress(text: string): boolean {
  return !isProblem(readPlainAddress(text));
}
