import { firstObjectKeys } from '../first-object-keys.js';
import type { ImportFormat } from '../import-format.js';
import type { ImportSink } from '../import-sink.js';
import { createJsonObjectReader } from '../json-object-reader.js';
import { asJsonRecord, asText, type JsonRecord, readJsonRecord } from '../json-record.js';
import { serviceProtocol } from '../service-protocol.js';

/** The last line of versions before 1.0.4, which is no JSON, and of some in between, which is. */
const FINISHED = /^\{\s*"?finished"?\s*:\s*1\s*\}$/;
/** What masscan leaves when it found nothing, without white space. */
const EMPTY = /^(?:\[\]?|\[?\{"?finished"?:1\}\]?)$/;

/**
 * The JSON of masscan: one list, with a comma too many in versions before 1.0.5, without its end in others (issue 726 of
 * masscan), without any list before 1.0.4; or, with -oD, an object a line.
 */
export const masscanJson: ImportFormat = {
  name: 'masscan JSON',
  writtenBy: '`masscan -oJ`, `masscan -oD`',
  description:
    'Open TCP ports; the service of a banner chooses the protocol. The JSON of old versions is mended.',
  recognises(beginning) {
    if (EMPTY.test(beginning.replace(/\s+/g, ''))) return true;
    const keys = firstObjectKeys(beginning);
    return keys.has('ip') && (keys.has('ports') || keys.has('rec_type'));
  },
  open(sink: ImportSink) {
    let isFinished = false;
    const objects = createJsonObjectReader({
      fail: sink.fail,
      object(text, line) {
        if (FINISHED.test(text)) isFinished = true;
        else readRecord(readJsonRecord(text), line, sink);
      },
    });
    return {
      write: objects.write,
      end() {
        if (objects.end().isListOpen && !isFinished) {
          sink.remark('its list has no end, as some versions of masscan leave it: taken for whole');
        }
      },
    };
  },
};

function readRecord(record: JsonRecord | null, line: number, sink: ImportSink): void {
  const address = asText(record?.ip);
  // With -oD an object is one port, and what -oJ has beside its number is in "data".
  const data = asJsonRecord(record?.data);
  const ports = data === null ? record?.ports : [{ ...record, ...data }];
  if (address === null || !Array.isArray(ports)) {
    sink.fail('has an object without "ip" and "ports", or one that is no JSON', line);
  }
  for (const value of ports) {
    const port = asJsonRecord(value);
    const number = port?.port;
    if (port === null || (typeof number !== 'number' && typeof number !== 'string')) {
      sink.fail('has a port without a number', line);
    }
    const service = asText(port.service_name) ?? asText(asJsonRecord(port.service)?.name);
    const isOpen = service !== null || port.status === 'open';
    if (port.proto !== 'tcp') sink.leaveOut('not TCP');
    else if (!isOpen) sink.leaveOut('closed or filtered');
    else {
      const protocol = service === null ? undefined : serviceProtocol(service, sink.protocols);
      sink.add({ address, name: null, port: number, protocol }, line);
    }
  }
}
