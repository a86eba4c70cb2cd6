import { starttlsProtocols } from '../../probe/starttls-protocols.js';
import { firstObjectKeys } from '../../targets/first-object-keys.js';
import { createJsonObjectReader } from '../../targets/json-object-reader.js';
import { asJsonRecord, asText, type JsonRecord, readJsonRecord } from '../../targets/json-record.js';
import { type ForeignResult, makeTlsResult } from '../foreign-result.js';
import type { ForeignSink, ForeignSource, LeftOut, Refuse } from '../foreign-source.js';
import { checkToldChain, readToldPem } from '../told-chain.js';
import { readToldEndpoint } from '../told-endpoint.js';
import { readToldTime } from '../told-time.js';

/** The certificate of the server, or the first of several; and those above it, which old versions leave out. */
const OWN = /^cert(?: <(?:hostC|c)ert#1>)?$/;
const ABOVE = /^intermediate_cert <#(\d+)>(?: <(?:hostC|c)ert#1>)?$/;
const SENT_COUNT = 'certs_countServer';

/** What testssl.sh calls protocols that have another name here. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([['xmpp', 'xmpp-client']]);

/** The entries about one endpoint that matter here. */
interface Gathered {
  readonly key: string;
  readonly host: string | null;
  readonly address: string | null;
  readonly port: string;
  readonly line: number;
  service: string | null;
  own: string | null;
  above: Map<number, string>;
  sent: number | null;
}

/** The JSON of testssl.sh, flat or pretty. Its ratings and verdicts are not taken. */
export const testsslJson: ForeignSource = {
  origin: 'testssl.sh',
  name: 'testssl.sh JSON',
  writtenBy: '`testssl.sh --jsonfile`, `testssl.sh --jsonfile-pretty`',
  description:
    'Certificates of servers, and from version 3.2 on their chains; the flat form has no times, so that the time of the file is taken.',
  recognises(beginning) {
    const keys = firstObjectKeys(beginning);
    return keys.has('Invocation') || (keys.has('id') && keys.has('finding') && keys.has('severity'));
  },
  open(sink) {
    let current: Gathered | null = null;
    const flush = () => {
      if (current !== null) sink.add(toResult(current, null, sink));
      current = null;
    };
    const objects = createJsonObjectReader({
      fail: sink.fail,
      object(text, line) {
        const record = readJsonRecord(text) ?? sink.fail('has an object that is no JSON', line);
        if (record.scanResult !== undefined) return readPretty(record, line, sink);
        // Entries without an address are about testssl.sh itself.
        if (asText(record.ip)?.replace('/', '').trim() === '') return;
        const next = readPlace(record, line, sink);
        if (current?.key !== next.key) {
          flush();
          current = next;
        }
        takeEntry(current, record);
      },
    });
    return {
      write: objects.write,
      end() {
        const { isListOpen } = objects.end();
        if (isListOpen) sink.fail('ends before testssl.sh did, which was stopped or still runs', 1);
        flush();
      },
    };
  },
};

function readPretty(record: JsonRecord, line: number, sink: ForeignSink): void {
  const { scanResult, startTime } = record;
  const seconds = Number(startTime);
  const observedAt = startTime === undefined ? null : readToldTime(seconds * 1000);
  if (startTime !== undefined && observedAt === null) sink.fail('has a "startTime" that is none', line);
  if (!Array.isArray(scanResult)) sink.fail('has a "scanResult" that is no list', line);
  for (const each of scanResult) {
    const result = asJsonRecord(each);
    if (result === null) sink.fail('has a result that is no object', line);
    // A scan that broke off leaves an entry in place of a result.
    if (result.targetHost === undefined && result.ip === undefined) continue;
    const [host, address] = [asText(result.targetHost), asText(result.ip)];
    const gathered = gather(host, address, asText(result.port) ?? '', line);
    gathered.service = asText(result.service);
    for (const section of Object.values(result)) {
      for (const entry of Array.isArray(section) ? section : [])
        takeEntry(gathered, asJsonRecord(entry) ?? {});
    }
    sink.add(toResult(gathered, observedAt, sink));
  }
}

/** Flat entries have host and address in one: `mail.example.org/192.0.2.7`. */
function readPlace(record: JsonRecord, line: number, sink: ForeignSink): Gathered {
  const place = asText(record.ip);
  const port = asText(record.port);
  if (place === null || port === null) sink.fail('has an entry without "ip" or "port"', line);
  const slash = place.lastIndexOf('/');
  const host = slash <= 0 ? null : place.slice(0, slash);
  const address = place.slice(slash + 1);
  return gather(host, address === '' ? null : address, port, line);
}

function gather(host: string | null, address: string | null, port: string, line: number): Gathered {
  const key = `${host} ${address} ${port}`;
  return { key, host, address, port, line, service: null, own: null, above: new Map(), sent: null };
}

function takeEntry(gathered: Gathered, record: JsonRecord): void {
  const id = asText(record.id) ?? '';
  const finding = asText(record.finding);
  if (finding === null) return;
  const above = ABOVE.exec(id);
  if (id === 'service') gathered.service = finding;
  else if (OWN.test(id)) gathered.own ??= finding;
  else if (id.startsWith(SENT_COUNT)) gathered.sent ??= Number(finding);
  else if (above) gathered.above.set(Number(above[1]), finding);
}

function toResult(gathered: Gathered, observedAt: string | null, sink: ForeignSink): ForeignResult | LeftOut {
  const fail: Refuse = (problem) => sink.fail(problem, gathered.line);
  const { above, address, host, own, port, sent, service } = gathered;
  if (own === null) return 'without a certificate';
  const protocol = OTHER_NAMES.get(service ?? '') ?? service ?? '';
  const endpoint = readToldEndpoint(
    { host, address, port, ...(starttlsProtocols.has(protocol) && { protocol }) },
    fail,
  );
  const pems = [own, ...[...above].sort(([a], [b]) => a - b).map(([, pem]) => pem)];
  const ders = checkToldChain(pems, fail).map((pem) => readToldPem(pem, fail));
  return makeTlsResult(endpoint, { kind: 'sent', ders, isWhole: sent === ders.length }, { observedAt });
}
