/** Run in a network namespace of its own: scans silent addresses and one that answers, and prints how many were probed. */
import { execFileSync } from 'node:child_process';
import { createJudge } from '../../../src/grade/judge.js';
import { DEFAULT_POLICY } from '../../../src/grade/policy.js';
import { makeStages } from '../../../src/scan/engine/make-stages.js';
import { runScan } from '../../../src/scan/run-scan.js';

for (const words of [
  'link add here type veth peer name there',
  'link set there up',
  'link set here up',
  'addr add 10.9.0.1/24 dev here',
  'route add 198.51.100.0/24 dev here',
])
  execFileSync('ip', words.split(' '), { stdio: 'pipe' });

const PORTS = 60;
const ADDRESSES = ['198.51.100.1', '198.51.100.2', '10.9.0.1'];
const plan = {
  size: PORTS * ADDRESSES.length,
  endpointAt: (index: number) => {
    const address = ADDRESSES[index % ADDRESSES.length] ?? '';
    return { host: address, address, port: index + 1, protocol: 'tls', serverName: null };
  },
  isExcluded: () => false,
};
const judge = createJudge({ policy: DEFAULT_POLICY, trustStores: [], now: new Date() });
const now = () => new Date();
const limits = { connectTimeoutMs: 200, timeoutMs: 200 };
const data = {
  run: 'r',
  limits,
  handshake: 'hello',
  depth: 'certificate',
  names: [],
  probesUnresolved: false,
} as const;
const counts: Record<string, number> = {};
await runScan({
  ...makeStages(data, { plan, judge, now }),
  judge,
  save: async () => undefined,
  observed: ({ observation: { endpoint, failure, outcome } }) => {
    const key = `${endpoint.address} ${outcome} ${failure?.code === 'given-up' ? failure.detail : ''}`.trim();
    counts[key] = (counts[key] ?? 0) + 1;
  },
  limits: { perAddress: 2, perSubnet: 100 },
  concurrency: 8,
  ratePerSecond: null,
  giveUpAfter: 5,
  signal: new AbortController().signal,
});
console.log(JSON.stringify(counts));
