import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY, type Waiver } from '../../src/grade/policy.js';
import type { Deployment } from '../../src/model/deployment.js';
import { makeKeyWaivers } from '../../src/scan/key-waivers.js';
import { EXPIRING, makeEndpoint, makeFacts } from '../store/sample-observation.js';

const CERTIFICATE = makeFacts('leaf', { issuer: 'CN=Lab CA' });
const SHARED = { ...EXPIRING, id: 'shared-key', subject: CERTIFICATE.fingerprintSha256 };
const WAIVER: Waiver = { finding: 'shared-key', owner: 'Ada', reason: 'a lab', until: '2026-12-31' };
const NOW = new Date('2026-11-22T10:00:00Z');

function presentAt(...addresses: readonly string[]): { deployments(): AsyncIterable<Deployment> } {
  return {
    async *deployments() {
      for (const address of addresses) {
        const isCurrent = !address.startsWith('old ');
        const endpoint = makeEndpoint({ address: address.replace('old ', '') });
        yield { endpoint, place: 1, firstSeen: '', lastSeen: '', isCurrent, state: null, chain: [] };
      }
    },
  };
}

describe('waivers of what comparing keys finds', () => {
  it.each<[name: string, waiver: Partial<Waiver>, at: readonly string[], isWaived: boolean]>([
    [
      'by fingerprint count wherever it is',
      { fingerprint: CERTIFICATE.fingerprintSha256 },
      ['10.0.0.1'],
      true,
    ],
    ['by issuer count', { issuer: 'CN=Lab*' }, [], true],
    ['by another issuer do not', { issuer: 'CN=Corp*' }, ['10.0.0.1'], false],
    ['by host count where all hosts fit', { host: '10.0.0.0/8' }, ['10.0.0.1', '10.0.0.2'], true],
    ['by host do not where one does not fit', { host: '10.0.0.0/8' }, ['10.0.0.1', '192.0.2.1'], false],
    ['by host do not heed where it was before', { host: '10.0.0.0/8' }, ['10.0.0.1', 'old 192.0.2.1'], true],
    ['by host do not count where nobody presents it', { host: '10.0.0.0/8' }, [], false],
    ['that have ended do not count', { issuer: 'CN=Lab*', until: '2026-11-01' }, ['10.0.0.1'], false],
    ['of other findings do not count', { issuer: 'CN=Lab*', finding: 'expired' }, ['10.0.0.1'], false],
  ])('%s', async (_, waiver, addresses, isWaived) => {
    const policy = { ...DEFAULT_POLICY, waivers: [{ ...WAIVER, ...waiver }] };
    const [finding] = await makeKeyWaivers(presentAt(...addresses), policy, NOW)([SHARED], CERTIFICATE);
    expect(finding?.waived !== undefined).toBe(isWaived);
  });
});
