import type { ImportFormat } from '../import-format.js';
import type { ImportSink } from '../import-sink.js';
import { createLineReader } from '../line-reader.js';
import { IMPLICIT_TLS } from '../protocol-ports.js';
import { serviceProtocol } from '../service-protocol.js';

const HEADER = /^# (?:Nmap|Masscan) \S+ scan initiated /;
const TRAILER = /^# (?:Nmap|Masscan) done /;
const HOST = /^(?:Timestamp: \d+\t)?Host: (\S+) \([^\t]*\)(?:\t|$)/;
/** What nmap writes for people, with -oN or to the screen. */
const FOR_PEOPLE = /^(?:Starting Nmap|Nmap scan report for) /;

/** The lines of nmap's and masscan's -oG. Their names are those of reverse look-ups, which nobody asked for. */
export const nmapGrepable: ImportFormat = {
  name: 'nmap grepable output',
  writtenBy: '`nmap -oG`, `masscan -oG`',
  description: 'Open TCP ports; what `-sV` recognised chooses the protocol. It has no names that were typed.',
  recognises(beginning) {
    const first = /^\s*(.*)/.exec(beginning)?.[1] ?? '';
    return HEADER.test(first) || HOST.test(first) || FOR_PEOPLE.test(first);
  },
  open(sink: ImportSink) {
    let isHeaded = false;
    let isDone = false;
    const lines = createLineReader({
      fail: sink.fail,
      line(text, number) {
        isHeaded ||= HEADER.test(text);
        isDone ||= TRAILER.test(text);
        if (text.trim() === '' || text.startsWith('#')) return;
        if (FOR_PEOPLE.test(text))
          sink.fail('is written for people (-oN): let nmap write -oX or -oG', number);
        const address = HOST.exec(text)?.[1];
        if (address === undefined) sink.fail('has a line that does not begin with "Host: "', number);
        readFields(text, address, number, sink);
      },
    });
    return {
      write: lines.write,
      end() {
        const cutLine = lines.end();
        if (!isHeaded || isDone) return;
        if (cutLine !== null) sink.fail('ends within this line', cutLine);
        sink.remark('its closing line is missing, so the scan was stopped or still runs');
      },
    };
  },
};

function readFields(text: string, address: string, line: number, sink: ImportSink): void {
  for (const field of text.split('\t')) {
    // Where masscan gives a banner, it says what is spoken; the open port has a line of its own.
    if (!field.startsWith('Ports: ')) continue;
    for (const entry of field.slice('Ports: '.length).split(', ')) {
      // A comma within the version of a service begins no port.
      if (!/^\d+\/[^/]*\/[^/]*\//.test(entry)) continue;
      const [port = '', state, transport, , service = '', , version = ''] = entry.split('/');
      if (transport !== 'tcp') sink.leaveOut('not TCP');
      else if (state !== 'open') sink.leaveOut('closed or filtered');
      else sink.add({ address, name: null, port, protocol: protocolOf(service, version, sink) }, line);
    }
  }
}

/** Nmap writes "ssl|smtp" for TLS, and for a service by its port alone the same name as for one that it has spoken to. */
function protocolOf(service: string, version: string, sink: ImportSink): string | undefined {
  if (service.startsWith('ssl|')) return IMPLICIT_TLS;
  return version === '' ? undefined : serviceProtocol(service, sink.protocols);
}
