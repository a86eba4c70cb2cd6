import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJudge } from '../../src/grade/judge.js';
import { DEFAULT_POLICY } from '../../src/grade/policy.js';
import { type ObservationRecord, toObservationRecord } from '../../src/model/observation-record.js';
import { probeEndpoint } from '../../src/probe/probe-endpoint.js';
import { makeTrustStore } from '../../src/x509/trust-store.js';
import { checkRecords } from './check-records.js';
import { type Lab, type LabServer, startLab } from './lab.js';

const HOST = '127.0.0.1';

describe('probing and judging the lab', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab({ host: HOST, firstPort: 0 });
  });
  afterAll(() => lab.close());

  it.each(['hello', 'full'] as const)(
    'finds exactly what is wrong with each server (handshake: %s)',
    async (handshake) => {
      const judge = createJudge({
        policy: DEFAULT_POLICY,
        trustStores: [makeTrustStore('corp', [new X509Certificate(lab.trustAnchorsPem).raw])],
        now: new Date(),
      });
      const limits = { connectTimeoutMs: 3000, timeoutMs: 3000 };
      const record = async ({ port, serverName, protocol }: LabServer): Promise<ObservationRecord> => {
        const endpoint = { host: serverName ?? HOST, address: HOST, port, protocol, serverName };
        const result = await probeEndpoint(endpoint, { limits, handshake });
        const observation = { ...result, run: 'run', observedAt: new Date().toISOString(), endpoint };
        return toObservationRecord(observation, judge(observation));
      };
      // node:tls lists no curve below 256 bits of its own accord, so such servers refuse it.
      const servers = lab.servers.filter(({ name }) => handshake === 'hello' || name !== 'weak-ec-key');
      expect(checkRecords(servers, await Promise.all(servers.map(record)))).toEqual([]);
    },
  );
});
