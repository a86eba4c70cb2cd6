import type { Endpoint } from '../../model/endpoint.js';
import type { Failure } from '../../model/failure.js';
import type { Outcome } from '../../model/outcome.js';
import { firstObjectKeys } from '../../targets/first-object-keys.js';
import { createJsonObjectReader } from '../../targets/json-object-reader.js';
import { asJsonRecord, asText, type JsonRecord, readJsonRecord } from '../../targets/json-record.js';
import { type ForeignResult, makeTlsResult, type ToldHandshake } from '../foreign-result.js';
import type { ForeignSink, ForeignSource, LeftOut, Refuse } from '../foreign-source.js';
import { checkToldChain, readToldBase64 } from '../told-chain.js';
import { readToldEndpoint } from '../told-endpoint.js';
import { readToldTime } from '../told-time.js';

/** What a module of zgrab2 speaks, and where it does so unless told otherwise. */
interface Module {
  readonly port: number;
  /** The protocol that is spoken before TLS; absent: none. */
  readonly before?: string;
  /** Keys of the result that show that something was spoken before TLS; absent: something always is. */
  readonly signs?: readonly string[];
}

/** Modules by the protocol that they name. Old versions do not write the port down. */
const MODULES: ReadonlyMap<string, Module> = new Map<string, Module>([
  ['amqp091', { port: 5672 }],
  ['ftp', { port: 21, before: 'ftp', signs: ['auth_tls', 'auth_ssl'] }],
  ['http', { port: 443 }],
  ['imap', { port: 143, before: 'imap', signs: ['starttls'] }],
  ['ldap', { port: 389, before: 'ldap', signs: ['starttls', 'start_tls'] }],
  ['managesieve', { port: 4190, before: 'sieve' }],
  ['mongodb', { port: 27017 }],
  ['mqtt', { port: 8883 }],
  ['mssql', { port: 1433, before: 'mssql' }],
  ['mysql', { port: 3306, before: 'mysql' }],
  ['pop3', { port: 110, before: 'pop3', signs: ['starttls', 'stls'] }],
  ['postgres', { port: 5432, before: 'postgres' }],
  ['rdp', { port: 3389, before: 'rdp' }],
  ['redis', { port: 6379 }],
  ['smtp', { port: 25, before: 'smtp', signs: ['starttls'] }],
  ['telnet', { port: 992 }],
  ['tls', { port: 443 }],
]);

/** Failures that say where the probe ended; the others of zgrab2 say less than an outcome does. */
const FAILURES: ReadonlyMap<string, readonly [Outcome, Failure['code']]> = new Map([
  ['connection-refused', ['refused', 'ECONNREFUSED']],
  ['connection-timeout', ['connect-timeout', 'ETIMEDOUT']],
]);

/** First byte of the cipher suites of TLS 1.3 (RFC 8446, appendix B.4), where the version in the hello says 1.2. */
const TLS13_SUITES = 0x13;

/** The JSON lines of zgrab2: one host each, with one result for each module. */
export const zgrab2Json: ForeignSource = {
  origin: 'zgrab2',
  name: 'zgrab2 JSON',
  writtenBy: '`zgrab2 tls`, `zgrab2 smtp --starttls` ...',
  description:
    'Whole chains of every module that spoke TLS, refusals and silence; a port that is not told is the default of the module.',
  recognises(beginning) {
    const keys = firstObjectKeys(beginning);
    return keys.has('data') && (keys.has('ip') || keys.has('domain'));
  },
  open(sink) {
    const objects = createJsonObjectReader({
      fail: sink.fail,
      object: (text, line) => readHost(readJsonRecord(text), line, sink),
    });
    return { write: objects.write, end: objects.end };
  },
};

function readHost(record: JsonRecord | null, line: number, sink: ForeignSink): void {
  const data = asJsonRecord(record?.data);
  if (record === null || data === null)
    sink.fail('has an object without "data", or one that is no JSON', line);
  for (const [name, value] of Object.entries(data)) {
    const response = asJsonRecord(value);
    if (response === null) sink.fail('has a result that is no object', line);
    sink.add(readResponse(record, name, response, (problem) => sink.fail(problem, line)));
  }
}

function readResponse(
  host: JsonRecord,
  name: string,
  response: JsonRecord,
  fail: Refuse,
): ForeignResult | LeftOut {
  const module = MODULES.get(asText(response.protocol) ?? name);
  const result = asJsonRecord(response.result);
  const log = findHandshakeLog(result);
  const ders = readChain(log, fail);
  const failure = ders.length > 0 ? undefined : FAILURES.get(asText(response.status) ?? '');
  if (ders.length === 0 && failure === undefined) return 'without a certificate';
  const port = asPort(response.port) ?? asPort(host.port) ?? module?.port;
  if (port === undefined) return 'without a port';
  const observedAt = readToldTime(response.timestamp);
  if (observedAt === null && response.timestamp !== undefined) return fail('has a timestamp that is none');
  const domain = asText(host.domain);
  const sent = asText(asJsonRecord(log?.client_hello)?.server_name);
  const endpoint: Endpoint = readToldEndpoint(
    {
      host: domain,
      address: asText(host.ip),
      port,
      protocol: protocolOf(module, result),
      serverName: sent ?? undefined,
    },
    fail,
  );
  if (failure !== undefined) {
    const [outcome, code] = failure;
    const detail = `zgrab2 says ${asText(response.status)}`;
    return {
      endpoint,
      observedAt,
      outcome,
      failure: { stage: 'connect', code, detail },
      handshake: null,
      chain: null,
    };
  }
  const chain = { kind: 'sent', ders, isWhole: true } as const;
  return makeTlsResult(endpoint, chain, { observedAt, handshake: readHandshake(log) });
}

/** Modules keep the handshake beside their result, in it, or with the request that it was made for. */
function findHandshakeLog(result: JsonRecord | null): JsonRecord | null {
  const request = asJsonRecord(asJsonRecord(result?.response)?.request);
  const places = [result, result?.tls, result?.tls_log, request?.tls_log];
  for (const place of places) {
    const log = asJsonRecord(asJsonRecord(place)?.handshake_log);
    if (log !== null) return log;
  }
  return null;
}

function readChain(log: JsonRecord | null, fail: Refuse): Uint8Array[] {
  const sent = asJsonRecord(log?.server_certificates);
  const rest = Array.isArray(sent?.chain) ? sent.chain : [];
  const raws = checkToldChain([sent?.certificate, ...rest], fail).map((each) =>
    asText(asJsonRecord(each)?.raw),
  );
  if (raws[0] == null) return [];
  return raws.map((raw) =>
    raw === null ? fail('has a certificate without "raw"') : readToldBase64(raw, fail),
  );
}

function readHandshake(log: JsonRecord | null): Partial<ToldHandshake> {
  const hello = asJsonRecord(log?.server_hello);
  const suite = asJsonRecord(hello?.cipher_suite);
  const selected = asJsonRecord(asJsonRecord(hello?.supported_versions)?.selected_version);
  const version = asText(selected?.name) ?? asText(asJsonRecord(hello?.version)?.name);
  const isTls13 = typeof suite?.value === 'number' && suite.value >> 8 === TLS13_SUITES;
  const curve = asJsonRecord(asJsonRecord(asJsonRecord(log?.server_key_exchange)?.ecdh_params)?.curve_id);
  const compression = hello?.compression_method;
  return {
    version: isTls13 ? 'TLSv1.3' : (version?.replace(/^TLSv1\.0$/, 'TLSv1') ?? ''),
    cipherSuite: asText(suite?.name),
    group: asText(curve?.name),
    compression: compression === 0 ? 'null' : compression === 1 ? 'deflate' : null,
  };
}

function protocolOf(module: Module | undefined, result: JsonRecord | null): string {
  if (module?.before === undefined) return 'tls';
  const isSpoken =
    module.signs?.some((sign) => asText(result?.[sign]) !== null || result?.[sign] === true) ?? true;
  return isSpoken ? module.before : 'tls';
}

function asPort(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined;
}
