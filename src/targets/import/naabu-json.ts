import { firstObjectKeys } from '../first-object-keys.js';
import type { ImportFormat } from '../import-format.js';
import type { ImportSink } from '../import-sink.js';
import { createJsonObjectReader } from '../json-object-reader.js';
import { asJsonRecord, asText, type JsonRecord, readJsonRecord } from '../json-record.js';
import { readPlainAddress } from '../plain-address.js';
import { isProblem } from '../problem.js';
import { IMPLICIT_TLS } from '../protocol-ports.js';
import { serviceProtocol } from '../service-protocol.js';

/** Keys of target text in JSON lines, of httpx and of masscan. */
const KEYS_OF_OTHERS = ['address', 'url', 'ports', 'rec_type'];

/** The JSON lines of ProjectDiscovery's naabu: one open port each, with the host by which it was asked. */
export const naabuJson: ImportFormat = {
  name: 'naabu JSON',
  writtenBy: '`naabu -json`',
  description:
    'Open TCP ports; the host that was asked for becomes the server name; TLS and services that were seen choose the protocol.',
  recognises(beginning) {
    const keys = firstObjectKeys(beginning);
    if (!keys.has('port') || KEYS_OF_OTHERS.some((key) => keys.has(key))) return false;
    // "name" is the service here, and the host in target text.
    return (
      (keys.has('ip') && (keys.has('tls') || !keys.has('name'))) || (keys.has('host') && !keys.has('name'))
    );
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
  const host = asText(record?.host);
  const isHostAddress = host !== null && !isProblem(readPlainAddress(host));
  const address = asText(record?.ip) ?? (isHostAddress ? host : null);
  if (record === null || (address === null && host === null)) {
    sink.fail('has an object without "ip" or "host", or one that is no JSON', line);
  }
  // Versions 2.0 and 2.1 have an object here, with the transport as a number: 0 is TCP.
  const detail = asJsonRecord(record.port);
  const port = detail === null ? (record.port ?? 0) : detail.Port;
  const transport = detail === null ? (record.protocol ?? 'tcp') : detail.Protocol;
  if (typeof port !== 'number' && typeof port !== 'string') sink.fail('has a port without a number', line);
  if (port === 0) sink.leaveOut('without a port');
  else if (transport !== 'tcp' && transport !== 0) sink.leaveOut('not TCP');
  else {
    const name = isHostAddress ? null : host;
    sink.add({ address, name, port, protocol: protocolOf(detail ?? record, sink) }, line);
  }
}

function protocolOf(record: JsonRecord, sink: ImportSink): string | undefined {
  if (record.tls === true || record.TLS === true || record.tunnel === 'ssl') return IMPLICIT_TLS;
  const service = asText(record.name);
  return service === null || record.method === 'table' ? undefined : serviceProtocol(service, sink.protocols);
}
