import { firstObjectKeys } from '../../targets/first-object-keys.js';
import { createJsonObjectReader } from '../../targets/json-object-reader.js';
import { asJsonRecord, asText, type JsonRecord, readJsonRecord } from '../../targets/json-record.js';
import { type ForeignResult, makeTlsResult, type ToldChain, type ToldHandshake } from '../foreign-result.js';
import type { ForeignSource, LeftOut, Refuse } from '../foreign-source.js';
import { checkToldChain, readToldPem } from '../told-chain.js';
import { readToldAddress, readToldEndpoint } from '../told-endpoint.js';
import { makeToldFacts } from '../told-facts.js';
import { readToldSerial, readToldSha256 } from '../told-hex.js';
import { readToldTime, readToldValidity } from '../told-time.js';

/** As tlsx spells versions. */
const VERSIONS: ReadonlyMap<string, string> = new Map([
  ['ssl30', 'SSLv3'],
  ['tls10', 'TLSv1'],
  ['tls11', 'TLSv1.1'],
  ['tls12', 'TLSv1.2'],
  ['tls13', 'TLSv1.3'],
]);

/** As Go spells groups, where that is not how everybody else does in capitals. */
const GROUPS: ReadonlyMap<string, string> = new Map([
  ['curvep256', 'secp256r1'],
  ['curvep384', 'secp384r1'],
  ['curvep521', 'secp521r1'],
]);

/** Keys that tell tlsx from other JSON with a host and a port. */
const TELLING_KEYS = ['probe_status', 'tls_connection', 'fingerprint_hash', 'subject_dn', 'tls_version'];

/**
 * The JSON lines of ProjectDiscovery's tlsx. Its own verdicts are not taken: it calls a certificate self-signed that has
 * no authority key identifier, and mismatched one that is for the address.
 */
export const tlsxJson: ForeignSource = {
  origin: 'tlsx',
  name: 'tlsx JSON',
  writtenBy: '`tlsx -json -cert -tls-chain`',
  description:
    'Whole chains; without `-tls-chain` certificates of servers alone, without `-cert` no more than what tlsx tells of them.',
  recognises(beginning) {
    const keys = firstObjectKeys(beginning);
    return keys.has('host') && keys.has('port') && TELLING_KEYS.some((key) => keys.has(key));
  },
  open(sink) {
    const objects = createJsonObjectReader({
      fail: sink.fail,
      object: (text, line) =>
        sink.add(readRecord(readJsonRecord(text), (problem) => sink.fail(problem, line))),
    });
    return { write: objects.write, end: objects.end };
  },
};

function readRecord(record: JsonRecord | null, fail: Refuse): ForeignResult | LeftOut {
  if (record === null) return fail('has an object that is no JSON');
  if (record.ctl_source !== undefined || record.ctl_index !== undefined) return 'from a log of certificates';
  const chain = readChain(record, fail);
  if (chain === null) return hasFacts(record) ? WITHOUT_DIGEST : 'without a certificate';
  const host = asText(record.host);
  const serverName = asText(record.sni);
  const isName = host !== null && readToldAddress(host) === null;
  const endpoint = readToldEndpoint(
    {
      host,
      address: asText(record.ip),
      port: asPort(record.port),
      serverName: serverName ?? (isName ? host : null),
    },
    fail,
  );
  const observedAt = record.timestamp === undefined ? null : readToldTime(record.timestamp);
  if (observedAt === null && record.timestamp !== undefined) return fail('has a timestamp that is none');
  return makeTlsResult(endpoint, chain, { observedAt, handshake: readHandshake(record) });
}

const WITHOUT_DIGEST: LeftOut = 'with no more of the certificate than its name';

function hasFacts(record: JsonRecord): boolean {
  return asText(record.subject_dn) !== null || asText(record.subject_cn) !== null;
}

function readHandshake(record: JsonRecord): Partial<ToldHandshake> {
  const group = asText(record.key_exchange)?.toLowerCase() ?? null;
  const version = asText(record.tls_version);
  return {
    version: VERSIONS.get(version ?? '') ?? '',
    cipherSuite: asText(record.cipher),
    group: group && (GROUPS.get(group) ?? group),
  };
}

function readChain(record: JsonRecord, fail: Refuse): ToldChain | null {
  const rest = Array.isArray(record.chain) ? record.chain.map(asJsonRecord) : [];
  const all = checkToldChain([record, ...rest], fail);
  const pems = all.map((each) => asText(each?.certificate));
  const [leaf = null] = pems;
  if (leaf !== null) {
    // A chain whose first certificates alone are in PEM is known up to there.
    const known = pems.slice(0, pems.indexOf(null) === -1 ? pems.length : pems.indexOf(null));
    return {
      kind: 'sent',
      ders: known.map((pem) => readToldPem(pem ?? '', fail)),
      isWhole: rest.length > 0 && known.length === all.length,
    };
  }
  const digests = all.map((each) => readToldSha256(asJsonRecord(each?.fingerprint_hash)?.sha256));
  const fingerprints = digests.filter((each) => each !== null);
  const [fingerprintSha256] = fingerprints;
  if (digests[0] === null || fingerprintSha256 === undefined) return null;
  if (fingerprints.length < digests.length) return fail('has a chain with a certificate without its SHA-256');
  return {
    kind: 'told',
    fingerprints,
    leaf: makeToldFacts(
      {
        fingerprintSha256,
        commonName: asText(record.subject_cn),
        ...withText('subject', record.subject_dn),
        ...withText('issuer', record.issuer_dn),
        subjectAltNames: readNames(record),
        serialNumber: readToldSerial(record.serial),
        notBefore: readToldValidity(record.not_before),
        notAfter: readToldValidity(record.not_after),
      },
      fail,
    ),
  };
}

function withText(key: 'subject' | 'issuer', value: unknown): Partial<Record<typeof key, string>> {
  const text = asText(value);
  return text === null ? {} : { [key]: text };
}

/** tlsx tells of DNS names and mail addresses, and drops the other kinds. */
function readNames(record: JsonRecord): string[] {
  const texts = (value: unknown) =>
    Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  return [
    ...texts(record.subject_an).map((name) => `DNS:${name}`),
    ...texts(record.emails).map((name) => `email:${name}`),
  ];
}

function asPort(value: unknown): number | string {
  return typeof value === 'number' || typeof value === 'string' ? value : '';
}
