import type { Judgement } from '../../model/judgement.js';
import { firstObjectKeys } from '../../targets/first-object-keys.js';
import { createJsonObjectReader } from '../../targets/json-object-reader.js';
import { readJsonRecord } from '../../targets/json-record.js';
import type { ForeignResult } from '../foreign-result.js';
import type { ForeignSource, Refuse } from '../foreign-source.js';
import { observationRecordSchema, type ReadObservationRecord } from '../observation-record-schema.js';
import { readToldEndpoint } from '../told-endpoint.js';

/** Records of certsweep itself, one observation a line. */
export const certsweepNdjson: ForeignSource = {
  origin: 'certsweep-ndjson',
  name: 'certsweep NDJSON',
  writtenBy: '`certsweep scan --ndjson`, `certsweep export --format ndjson`',
  description:
    'Everything but the bytes of certificates: verdicts stay as they are until somebody sends the certificates again.',
  recognises(beginning) {
    const keys = firstObjectKeys(beginning);
    return keys.has('observedAt') && keys.has('endpoint') && keys.has('outcome');
  },
  open(sink) {
    const objects = createJsonObjectReader({
      fail: sink.fail,
      object: (text, line) => sink.add(readRecord(text, (problem) => sink.fail(problem, line))),
    });
    return { write: objects.write, end: objects.end };
  },
};

function readRecord(text: string, fail: Refuse): ForeignResult {
  const json = readJsonRecord(text);
  if (json === null) return fail('has an object that is no JSON');
  const parsed = observationRecordSchema.safeParse(json);
  if (!parsed.success)
    return fail(`has a record whose "${nameIssue(parsed.error.issues)}" is not as certsweep writes it`);
  return toResult(parsed.data, fail);
}

function toResult(record: ReadObservationRecord, fail: Refuse): ForeignResult {
  const { certificate, failure, greeting, handshake, outcome, plaintextAfterGoAhead, posture } = record;
  const { version = '', cipherSuite = null, group = null, compression = null } = handshake ?? {};
  const fingerprints = handshake?.presentedChain ?? [];
  if (certificate !== null && certificate.fingerprintSha256 !== fingerprints[0])
    return fail('has a record whose certificate is not the first of its chain');
  if ((outcome === 'tls') !== (failure === null))
    return fail('has a record whose outcome and failure contradict');
  return {
    endpoint: readToldEndpoint(record.endpoint, fail),
    observedAt: record.observedAt,
    outcome,
    failure,
    handshake: handshake && { version, cipherSuite, group, compression },
    chain: fingerprints.length === 0 ? null : { kind: 'told', fingerprints, leaf: certificate },
    ...(greeting != null && { greeting }),
    ...(plaintextAfterGoAhead != null && { plaintextAfterGoAhead }),
    ...(posture && { posture }),
    judgement: readJudgement(record),
  };
}

function readJudgement(record: ReadObservationRecord): Judgement {
  const { certificate, grade, grades, handshake, path, status } = record;
  return {
    presented: certificate === null ? [] : [certificate],
    path,
    ...(handshake?.stapledOcsp != null && { stapledOcsp: handshake.stapledOcsp }),
    findings: record.findings.map(({ waived, ...finding }) => ({ ...finding, ...(waived && { waived }) })),
    status,
    grade,
    ...(grades !== undefined && { grades }),
  };
}

function nameIssue(issues: readonly { readonly path: readonly PropertyKey[] }[]): string {
  const [issue] = issues;
  return issue === undefined || issue.path.length === 0
    ? 'form'
    : issue.path.map(String).join('.').slice(0, 100);
}
