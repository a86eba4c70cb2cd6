import type { ImportFormat } from '../import-format.js';
import type { ImportSink } from '../import-sink.js';
import { createLineReader } from '../line-reader.js';
import { serviceProtocol } from '../service-protocol.js';

const HEADER = '#masscan';
const TRAILER = '# end';
/** State, transport, port, address, time; a banner's service and text may follow. */
const RECORD = /^([a-z]+) ([a-z]+) (\d+) (\S+) \d+(?: (\S+)(?: .*)?)?$/;

/** The lines of masscan's -oL: `open tcp 443 192.0.2.7 1700000000`. */
export const masscanList: ImportFormat = {
  name: 'masscan list',
  writtenBy: '`masscan -oL`',
  description: 'Open TCP ports; the service of a banner chooses the protocol.',
  recognises(beginning) {
    const first = /^\s*(.*)/.exec(beginning)?.[1]?.trimEnd() ?? '';
    return first === HEADER || RECORD.test(first);
  },
  open(sink: ImportSink) {
    let isHeaded = false;
    let isDone = false;
    const lines = createLineReader({
      fail: sink.fail,
      line(text, number) {
        const content = text.trimEnd();
        isHeaded ||= content === HEADER;
        isDone ||= content === TRAILER;
        if (content === '' || content.startsWith('#')) return;
        const [, state, transport, port = '', address = '', service = ''] = RECORD.exec(content) ?? [];
        if (state === undefined) {
          sink.fail('has a line that is not like "open tcp 443 192.0.2.7 1700000000"', number);
        }
        if (transport !== 'tcp') sink.leaveOut('not TCP');
        else if (state === 'banner') {
          sink.add({ address, name: null, port, protocol: serviceProtocol(service, sink.protocols) }, number);
        } else if (state !== 'open') sink.leaveOut('closed or filtered');
        else sink.add({ address, name: null, port }, number);
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
